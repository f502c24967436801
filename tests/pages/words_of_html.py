"""What HTML has: elements, what may stand within them, and the attributes that they take."""


def words(text: str) -> set[str]:
    return set(text.split())


FLOW_ONLY = words(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hgroup"
    " hr main menu nav ol p pre search section table ul"
)
PHRASING = words(
    "a abbr audio b bdi bdo br button canvas cite code data datalist del dfn em embed i iframe img input ins kbd label"
    " link map mark meta meter noscript object output picture progress q ruby s samp script select slot small span"
    " strong sub sup template textarea time u var video wbr"
)
PARTS = words(
    "area base body caption col colgroup dd dt figcaption head html legend li optgroup option param rp rt source style"
    " summary tbody td tfoot th thead title tr track"
)
KNOWN = FLOW_ONLY | PHRASING | PARTS
# These hold nothing but phrasing, however deep.
PHRASING_ONLY = words(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre"
    " progress q s samp small span strong sub sup time u var"
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
INTERACTIVE = {"a", "button", "details", "embed", "iframe", "input", "label", "select", "textarea"}
PARENTS = {
    "li": {"ul", "ol", "menu"},
    "dt": {"dl", "div"},
    "dd": {"dl", "div"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "tfoot": {"table"},
    "caption": {"table"},
    "option": {"select", "datalist", "optgroup"},
    "optgroup": {"select"},
    "legend": {"fieldset"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "source": {"picture", "video", "audio"},
    "title": {"head"},
}
CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "menu": {"li"},
    "dl": {"dt", "dd", "div"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot", "tr"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"td", "th"},
    "select": {"option", "optgroup", "hr"},
    "optgroup": {"option"},
}
FIRST = {"legend": "fieldset", "summary": "details", "caption": "table"}
EVERYWHERE = words(
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode is"
    " itemid itemprop itemref itemscope itemtype lang nonce popover role slot spellcheck style tabindex title"
    " translate"
)
FORM = {"disabled", "form", "name"}
SENDING = {"formaction", "formmethod", "formnovalidate", "formtarget"}
ATTRIBUTES = {
    "a": {"href", "target", "download", "rel", "hreflang", "type", "referrerpolicy"},
    "button": {*FORM, *SENDING, "type", "value", "popovertarget"},
    "blockquote": {"cite"},
    "canvas": {"width", "height"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "details": {"open", "name"},
    "dialog": {"open"},
    "fieldset": FORM,
    "form": {"action", "method", "enctype", "novalidate", "target", "autocomplete", "name", "accept-charset", "rel"},
    "iframe": {"src", "name", "sandbox", "width", "height", "loading", "allow", "referrerpolicy"},
    "img": {"src", "alt", "width", "height", "loading", "srcset", "sizes", "decoding"},
    "input": {
        *(*FORM, *SENDING, "type", "value", "checked", "accept", "autocomplete", "list", "max", "maxlength", "min"),
        *("minlength", "multiple", "pattern", "placeholder", "readonly", "required", "size", "src", "step", "alt"),
    },
    "label": {"for"},
    "li": {"value"},
    "link": {"href", "rel", "type", "media", "sizes", "as", "hreflang", "crossorigin", "integrity", "disabled"},
    "meta": {"name", "content", "charset", "http-equiv", "media", "property"},
    "meter": {"value", "min", "max", "low", "high", "optimum"},
    "ol": {"start", "reversed", "type"},
    "optgroup": {"disabled", "label"},
    "option": {"disabled", "label", "selected", "value"},
    "output": {"for", "form", "name"},
    "progress": {"value", "max"},
    "q": {"cite"},
    "script": {"src", "type", "defer", "async", "crossorigin", "integrity", "nomodule"},
    "select": {*FORM, "autocomplete", "multiple", "required", "size"},
    "td": {"colspan", "rowspan", "headers"},
    "textarea": {
        *(*FORM, "autocomplete", "cols", "dirname", "maxlength", "minlength", "placeholder", "readonly", "required"),
        *("rows", "wrap"),
    },
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "html": {"lang"},
}
ARIA = words(
    "activedescendant atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colspan"
    " controls current describedby description details disabled errormessage expanded flowto haspopup hidden invalid"
    " keyshortcuts label labelledby level live modal multiline multiselectable orientation owns placeholder posinset"
    " pressed readonly relevant required roledescription rowcount rowindex rowspan selected setsize sort valuemax"
    " valuemin valuenow valuetext"
)
ROLES = words(
    "alert alertdialog application article banner button cell checkbox columnheader combobox complementary contentinfo"
    " definition dialog document feed figure form generic grid gridcell group heading img image link list listbox"
    " listitem log main marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note"
    " option presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search searchbox"
    " separator slider spinbutton status switch tab table tablist tabpanel term textbox timer toolbar tooltip tree"
    " treegrid treeitem graphics-document graphics-object graphics-symbol"
)
# What lists and tables may be said to be, where they may be said to be anything.
LIST_ROLES = {"directory", "group", "list", "listbox", "menu", "menubar", "none", "presentation", "radiogroup"}
LIST_ROLES |= {"tablist", "toolbar", "tree"}
ITEM_ROLES = {"listitem", "menuitem", "menuitemcheckbox", "menuitemradio", "none", "option", "presentation", "radio"}
ITEM_ROLES |= {"separator", "tab", "treeitem"}
ROLES_OF = {"ul": LIST_ROLES, "ol": LIST_ROLES, "li": ITEM_ROLES, "dl": {"group", "list", "none", "presentation"}}
# Attributes that name ids of the same page, apart by spaces.
REFERENCES = {
    *(f"aria-{name}" for name in ("activedescendant", "controls", "describedby", "details", "errormessage", "flowto")),
    *("aria-labelledby", "aria-owns", "for", "form", "headers", "list", "popovertarget"),
}
NUMBERS = {"maxlength", "minlength", "size", "rows", "cols", "colspan", "rowspan", "span", "width", "height"}
ADDRESSES = {"href", "src", "action", "formaction", "cite"}
