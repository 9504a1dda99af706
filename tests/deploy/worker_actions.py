"""A reader who works at random through the pages, and looks whether all is as it was left."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from random import Random
from zipfile import ZipFile

from geo.limits import DOUBLE_CLICK_SECONDS
from geo.store import Holder, WorkspaceStore
from geo.workspace import Workspace, open_workspace
from tests.deploy.tab import Browser, Tab

MOST_TABLES = 3  # of a workspace: then all are removed
MOST_WORKSPACES = 6  # then one is deleted
WITHDRAWN = "its link was withdrawn"
# Of 200 actions each of these is one; what they do is what the pages offer.
REQUIRED = (
    "upload", "measure", "save_view", "rename", "duplicate", "delete", "undo", "redo", "restore",
    "share", "withdraw", "follow", "open_other", "download", "download_all", "move",
)  # fmt: skip


@dataclass(frozen=True)
class Content:
    """What a workspace holds, by names: tables with their measures, views."""

    tables: tuple[tuple[str, tuple[str, ...]], ...] = ()
    views: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        measures = {name for _, names in self.tables for name in names}
        return {name for name, _ in self.tables} | measures | set(self.views)


def content_of(workspace: Workspace) -> Content:
    """What a workspace holds, as it was stored."""
    tables = tuple(
        (table.file.name, tuple(measure.name_en for measure in table.measures_by_id.values()))
        for table in workspace.tables.tables
    )
    return Content(tables, tuple(view.name for view in workspace.views))


@dataclass
class Known:
    """What a reader knows of a workspace: its name, each version since it was opened, its links."""

    name: str
    steps: list[Content]
    at: int = 0
    links: dict[str, str] = field(default_factory=dict)  # secrets by label

    @property
    def content(self) -> Content:
        return self.steps[self.at]

    def add(self, content: Content) -> None:
        if content != self.content:
            self.steps[self.at + 1 :] = [content]
            self.at += 1


@dataclass
class Worker:
    """A reader with one tab at a time. mark: a part of every name that the reader gives.

    processes: the cookies that lead to each. owner: whose the workspaces are, in the store; None
    while the browser has no key. paths: of files and uploads that the reader got.
    """

    mark: str
    browser: Browser
    processes: list[dict[str, str]]
    random: Random
    store: WorkspaceStore
    owner: Callable[[Browser], Holder | None]
    others: list[Worker] = field(default_factory=list, repr=False)
    known: dict[str, Known] = field(default_factory=dict)
    opened: str = ""
    paths: list[tuple[str, str]] = field(default_factory=list)  # method and path
    withdrawn: list[str] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)
    ended: dict[str, float] = field(default_factory=dict)
    checked: int = 0
    count: int = 0

    def __post_init__(self) -> None:
        self.tab = Tab(self.browser, "work")

    # What the reader does.

    def act(self) -> str:
        """Do something at random; return its name."""
        actions = [self.create, self.upload, self.upload, self.follow, self.move, self.save_view]
        if self.known:
            actions += [self.rename, self.duplicate, self.open_other, self.download_all]
            actions += [self.follow]
        if len(self.known) >= MOST_WORKSPACES:
            actions = [self.delete]
        elif self.opened:
            actions += [self.upload, self.measure, self.measure, self.undo, self.undo, self.redo]
            actions += [self.restore, self.share, self.withdraw, self.download, self.save_view]
            actions += [self.delete, self.remove_table]
        action = self.random.choice(actions)
        name = action.__name__
        # The same once more within a second would be taken for a double click.
        time.sleep(max(0.0, self.ended.get(name, 0.0) + DOUBLE_CLICK_SECONDS - time.monotonic()))
        action()
        self.ended[name] = time.monotonic()
        self.done[name] = self.done.get(name, 0) + 1
        self.check()
        return name

    def new_name(self, kind: str) -> str:
        self.count += 1
        return f"{self.mark} {kind} {self.count}"

    def go(self, page: str) -> None:
        if self.tab.page != page:
            self.tab.show(page)

    def create(self) -> None:
        self.go("work")
        name = self.new_name("plan")
        self.tab.click("work_create", work_new_name=name)
        self.note_new(name, Content())

    def upload(self) -> None:
        if self.opened and len(self.known[self.opened].content.tables) >= MOST_TABLES:
            return self.remove_table()
        self.go("data")
        name = f"{self.new_name('table')}.csv"
        rows = [f"{place},{self.random.random():.6f}" for place in ("北京", "上海", "广东")]
        data = "\n".join([f"省份,{self.mark} 2017", *rows]).encode()
        path = self.tab.upload(self.tab.key("upload_file_"), name, data)
        self.paths.append(("PUT", path))
        self.change(lambda found: replace(found, tables=(*found.tables, (name, ()))), name)
        return None

    def measure(self) -> None:
        tables = self.known[self.opened].content.tables
        if not tables:
            return
        place = self.random.randrange(len(tables))
        self.go("data")
        name = self.new_name("measure")
        begin = f"upload_{place}_"
        answers = {
            self.tab.key(begin, "_name_"): name,
            self.tab.key(begin, "_count_"): "Not a count: a share, a rate, a mean, an index",
        }
        self.tab.click(self.tab.key(begin, "_make_"), **answers)

        def with_measure(found: Content) -> Content:
            table, names = found.tables[place]
            changed = [*found.tables]
            changed[place] = (table, (*names, name))
            return replace(found, tables=tuple(changed))

        self.change(with_measure)

    def remove_table(self) -> None:
        if not self.known[self.opened].content.tables:
            return
        self.go("data")
        self.tab.click("upload_remove_all")
        self.change(lambda found: replace(found, tables=()))

    def save_view(self) -> None:
        page = self.random.choice(("briefing", "map"))
        self.tab.show("" if page == "map" else page)
        self.tab.show("work")
        name = self.new_name(page)
        title = self.tab.elements["work_view_page"][0].options[0]
        self.tab.click("work_view_save", work_view_page=title, work_view_name=name)
        self.change(lambda found: replace(found, views=(*found.views, name)), name)

    def rename(self) -> None:
        workspace = self.choose()
        self.more(workspace)
        name = self.new_name("renamed")
        self.tab.click(f"work_renamed_{workspace}", **{f"work_name_{workspace}": name})
        self.known[workspace].name = name

    def duplicate(self) -> None:
        workspace = self.choose()
        self.more(workspace)
        self.tab.click(f"work_double_{workspace}")
        name = f"{self.known[workspace].name} (copy)"
        self.note_new(name, self.known[workspace].content, opened=True)

    def delete(self) -> None:
        workspace = self.choose()
        self.more(workspace)
        self.tab.change(f"work_sure_{workspace}", True)
        self.tab.click(f"work_delete_{workspace}")
        gone = self.known.pop(workspace)
        self.withdrawn += gone.links.values()
        if workspace == self.opened:
            self.opened = ""
        if self.random.random() < 0.5:
            self.tab.click("work_undelete")
            self.note_new(gone.name, gone.content, opened=not self.opened)

    def open_other(self) -> None:
        workspace = self.choose()
        if workspace == self.opened:
            return
        self.go("work")
        self.tab.click(f"work_see_{workspace}")
        self.opened = workspace

    def undo(self) -> None:
        self.step("work_undo", -1)

    def redo(self) -> None:
        self.step("work_redo", 1)

    def step(self, key: str, by: int) -> None:
        known = self.known[self.opened]
        self.tab.show("work")
        button, _ = self.tab.elements[key]
        possible = 0 <= known.at + by < len(known.steps)
        assert button.disabled != possible, (key, known)
        if possible:
            self.tab.click(key)
            known.at += by

    def restore(self) -> None:
        """Restore an earlier version, which what is stored then has to say."""
        self.tab.show("work")
        if "work_restore" not in self.tab.elements:
            return
        options = self.tab.elements["work_version"][0].options
        option = self.random.choice(list(options))
        number = int(option.partition(":")[0])
        owner = self.owner(self.browser)
        assert owner is not None
        earlier = self.store.open(owner, self.opened, number)
        before = self.store.open(owner, self.opened)
        self.tab.change("work_version", option)
        self.tab.click("work_restore")
        if earlier.body != before.body:  # another state of the pages counts as a change
            known = self.known[self.opened]
            known.steps[known.at + 1 :] = [content_of(open_workspace(earlier.body))]
            known.at += 1

    def share(self) -> None:
        self.tab.show("work")
        label = self.new_name("link")
        right = self.random.choice(("Look", "Look and copy"))
        self.tab.click("work_link", work_right=right, work_label=label)
        self.known[self.opened].links[label] = self.tab.text.rpartition("#link=")[2].split()[0]

    def withdraw(self) -> None:
        links = self.known[self.opened].links
        if not links:
            return
        self.tab.show("work")
        place = self.random.randrange(len(links))
        self.tab.click(self.tab.keys("work_withdraw_")[place])
        self.withdrawn.append(links.pop([*links][place]))

    def follow(self) -> None:
        """Open a link of somebody else, or one that opens nothing any more."""
        other = self.random.choice(self.others)
        there = [
            (known, secret) for known in other.known.values() for secret in known.links.values()
        ]
        gone = [secret for worker in (self, *self.others) for secret in worker.withdrawn]
        if gone and (not there or self.random.random() < 0.3):
            self.tab.show("work", link=self.random.choice(gone))
            assert WITHDRAWN in self.tab.text
            return
        if not there:
            return
        self.check_strange()
        known, secret = self.random.choice(there)
        self.tab.show("data", link=secret)
        assert f"You see the shared workspace “{known.name}”" in self.tab.text
        assert not [name for name in self.all_names() if name in self.tab.text]
        missing = [name for name, _ in known.content.tables if name not in self.tab.text]
        assert not missing
        self.tab.click("shared_close")
        self.tab.show("work")
        # That workspace was shown on purpose, and no other of its owner; nothing more is from now.
        strange = [one.mark for one in self.others if one is not other]
        for body in self.browser.received[self.checked :]:
            assert not [mark for mark in strange if mark.encode() in body]
            for name in other.all_names() - known.content.names - {known.name}:
                assert f"{name}<".encode() not in body
        self.checked = len(self.browser.received)

    def download(self) -> None:
        """Download the open workspace by both of its buttons."""
        self.more(self.opened)
        expected = self.known[self.opened].content
        for key in (f"work_file_{self.opened}", "upload_workspace_download"):
            if key not in self.tab.elements:
                assert expected == Content()
                continue
            path, body = self.tab.download(key)
            self.paths.append(("GET", path))
            assert content_of(open_workspace(body)) == expected
            self.check_tables(body)

    def download_all(self) -> None:
        self.go("work")
        path, body = self.tab.download("work_download_all")
        self.paths.append(("GET", path))
        with ZipFile(BytesIO(body)) as archive:
            bodies = [archive.read(name) for name in archive.namelist()]
            assert all(self.mark in name for name in archive.namelist())
        found = [content_of(open_workspace(each)) for each in bodies]
        assert sorted(map(repr, found)) == sorted(repr(one.content) for one in self.known.values())
        for each in bodies:
            self.browser.received.append(each)
            self.check_tables(each)

    def move(self) -> None:
        """Close the tab, and open another one at another process."""
        self.tab.close()
        self.browser.cookies |= self.random.choice(self.processes)
        self.tab = Tab(self.browser, "work")
        owner = self.owner(self.browser)
        stored = self.store.list_workspaces(owner) if owner else []
        self.opened = stored[0].id if stored else ""

    # What is known of it.

    def choose(self) -> str:
        return self.random.choice(sorted(self.known, key=lambda key: self.known[key].name))

    def more(self, workspace: str) -> None:
        """Open the further actions of a workspace."""
        self.tab.show("work")
        if f"work_renamed_{workspace}" not in self.tab.elements:
            self.tab.change(f"work_more_{workspace}", True)

    def note_new(self, name: str, content: Content, opened: bool = True) -> None:
        """Note a workspace that was made just now."""
        owner = self.owner(self.browser)
        assert owner is not None, "the browser has no key"
        (made,) = {info.id for info in self.store.list_workspaces(owner)} - set(self.known)
        self.known[made] = Known(name, [content])
        if opened:
            self.opened = made

    def change(self, made: Callable[[Content], Content], name: str = "") -> None:
        """Note a change of the open workspace; with none open, a new one named by what it holds."""
        if self.opened:
            known = self.known[self.opened]
            known.add(made(known.content))
        else:
            self.note_new(name, made(Content()))

    def all_names(self) -> set[str]:
        names = {one.name for one in self.known.values()}
        return names.union(*(one.content.names for one in self.known.values()))

    # What has to hold.

    def check(self) -> None:
        """Look whether all is there, on the page and in the store, and nothing of others."""
        self.tab.show("work")
        text, owner = self.tab.text, self.owner(self.browser)
        for known in self.known.values():
            assert f"<strong>{known.name}</strong>" in text
        assert text.count('class="workspace"><strong>') == len(self.known) + len(
            self.known[self.opened].links if self.opened else ()
        )
        if self.opened:
            assert f"Open now: {self.known[self.opened].name}" in text
        for name in self.known[self.opened].content.views if self.opened else ():
            assert f">{name}</a>" in text
        infos = {info.id: info for info in self.store.list_workspaces(owner)} if owner else {}
        assert {key: info.name for key, info in infos.items()} == {
            key: known.name for key, known in self.known.items()
        }
        if owner and self.opened:
            body = self.store.open(owner, self.opened).body
            assert content_of(open_workspace(body)) == self.known[self.opened].content
        self.check_strange()

    def check_strange(self) -> None:
        """Look whether something that the browser got since has a mark of somebody else."""
        for body in self.browser.received[self.checked :]:
            for other in self.others:
                assert other.mark.encode() not in body
        self.checked = len(self.browser.received)

    def check_tables(self, body: bytes) -> None:
        """Look whether the tables of a workspace file are the reader's: they stand there packed."""
        for table in open_workspace(body).tables.tables:
            assert f"{self.mark} 2017".encode() in table.file.data
