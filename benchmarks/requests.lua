-- wrk sends the requests of a file in turn: a line is METHOD<tab>path<tab>cookie<tab>body<tab>extra-header.
local lines = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    local part = {}
    for field in (line .. "\t"):gmatch("([^\t]*)\t") do part[#part + 1] = field end
    local headers = { ["Host"] = args[2], ["Sec-Fetch-Site"] = "same-origin" }
    if part[3] ~= "" then headers["Cookie"] = part[3] end
    if part[4] ~= "" then headers["Content-Type"] = "application/x-www-form-urlencoded" end
    if part[5] ~= "" then headers[part[5]] = "1" end
    lines[#lines + 1] = wrk.format(part[1], part[2], headers, part[4])
  end
  math.randomseed(os.time())
  at = math.random(#lines)
end

function request()
  at = at % #lines + 1
  return lines[at]
end

local bad = 0
function response(status) if status >= 400 then bad = bad + 1 end end

function done(summary, latency)
  io.write(string.format("RESULT %d %d %.3f %.3f %d\n", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.status + summary.errors.timeout))
end
