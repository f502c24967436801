"""What a process keeps of the corpus, for as long as the edition it was made in is the current one.

Workers agree because each asks the database for the edition at every request; what is kept is only saved work.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Kept(Generic[Thing]):
    """Things by key, at most so many: the one not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.edition = ""
        self.things: OrderedDict[Hashable, Thing] = OrderedDict()
        self.lock = Lock()

    def get(self, edition: str, key: Hashable, make: Callable[[], Thing]) -> Thing:
        """The thing of this key, made where it is not kept. Nothing is kept where there is no edition yet."""
        found = self.find(edition, key)
        if found is None:
            found = make()
            self.put(edition, key, found)
        return found

    def find(self, edition: str, key: Hashable) -> Thing | None:
        with self.lock:
            if edition != self.edition or key not in self.things:
                return None
            self.things.move_to_end(key)
            return self.things[key]

    def put(self, edition: str, key: Hashable, thing: Thing) -> None:
        if not edition:
            return
        with self.lock:
            if edition != self.edition:
                self.edition = edition
                self.things.clear()
            self.things[key] = thing
            if len(self.things) > self.most:
                self.things.popitem(last=False)
