"""Random actions of an owner on a store, each checked against what the owner did before."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from geo.store import (
    ConflictError,
    HistoryError,
    Holder,
    NotFoundError,
    WorkspaceStore,
    database_of,
)


@dataclass
class Saved:
    """What an owner knows of a workspace."""

    name: str
    bodies: dict[int, bytes]
    number: int = 1
    links: list[str] = field(default_factory=list)


@dataclass
class Actor:
    """An owner who does something and looks whether all is as it was left.

    mark: what every name and body of the owner begins with; nobody else's does.
    """

    store: WorkspaceStore
    owner: Holder
    mark: str
    random: Random
    saved: dict[str, Saved] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)  # ids and links of others

    def act(self) -> None:
        """Do one random action, then compare what the store has."""
        actions = [self.create, self.look_for_others]
        if self.saved:
            actions += [self.save] * 4
            actions += [self.rename, self.undo, self.share, self.duplicate, self.delete, self.read]
        self.random.choice(actions)()
        self.compare()

    def choose(self) -> tuple[str, Saved]:
        return self.random.choice(sorted(self.saved.items(), key=lambda item: item[1].name))

    def new_body(self) -> bytes:
        size = self.random.choice((10, 300, 20_000))
        return f"{self.mark} {self.random.random()} ".encode() + b"x" * size

    def create(self) -> None:
        name, body = f"{self.mark} {self.random.random()}", self.new_body()
        info = self.store.create(self.owner, name, body)
        self.saved[info.id] = Saved(name, {1: body})

    def save(self) -> None:
        workspace, known = self.choose()
        body = self.new_body()
        number = self.store.save(self.owner, workspace, body, known.number).number
        assert number == known.number + 1
        known.number, known.bodies[number] = number, body
        with pytest.raises(ConflictError) as caught:
            self.store.save(self.owner, workspace, self.new_body(), number - 1)
        assert caught.value.newest.number == number

    def rename(self) -> None:
        workspace, known = self.choose()
        known.name = f"{self.mark} {self.random.random()}"
        self.store.rename(self.owner, workspace, known.name)

    def undo(self) -> None:
        workspace, known = self.choose()
        try:
            version = self.store.undo(self.owner, workspace, known.number)
        except HistoryError:
            return
        known.number = version.number
        known.bodies[version.number] = known.bodies[version.origin]

    def share(self) -> None:
        workspace, known = self.choose()
        known.links.append(self.store.share(self.owner, workspace, "look", self.mark))

    def duplicate(self) -> None:
        workspace, known = self.choose()
        info = self.store.duplicate(self.owner, workspace, self.owner)
        self.saved[info.id] = Saved(known.name, {1: known.bodies[known.number]})

    def delete(self) -> None:
        workspace, known = self.choose()
        self.store.delete(self.owner, workspace)
        del self.saved[workspace]
        for secret in known.links:
            with pytest.raises(NotFoundError):
                self.store.open_link(secret)

    def read(self) -> None:
        workspace, known = self.choose()
        opened = self.store.open(self.owner, workspace)
        assert (opened.body, opened.version.number) == (known.bodies[known.number], known.number)
        for secret in known.links:
            assert self.store.open_link(secret).body == opened.body
        labels = {link.name for link in self.store.list_links(self.owner, workspace)}
        assert labels == ({self.mark} if known.links else set())

    def look_for_others(self) -> None:
        for workspace in self.strange:
            with pytest.raises(NotFoundError):
                self.store.open(self.owner, workspace)

    def compare(self) -> None:
        infos = {info.id: info for info in self.store.list_workspaces(self.owner)}
        assert {(key, info.name, info.number) for key, info in infos.items()} == {
            (key, known.name, known.number) for key, known in self.saved.items()
        }
        assert all(info.name.startswith(self.mark) for info in infos.values())
        assert self.store.usage(self.owner).workspaces == len(self.saved)


def act_in_process(settings: dict[str, str], owner: Holder, mark: str, actions: int) -> int:
    """Do random actions in a process of its own; return its number."""
    found = database_of(settings, Path("/"))
    assert found is not None
    actor = Actor(WorkspaceStore(found), owner, mark, Random(mark))
    for _ in range(actions):
        actor.act()
    found.close()
    return os.getpid()


def add_in_process(settings: dict[str, str], owner: Holder, workspace: str, times: int) -> int:
    """Add one to the number in a workspace, some times; return how many conflicts there were."""
    found = database_of(settings, Path("/"))
    assert found is not None
    store, conflicts, done = WorkspaceStore(found), 0, 0
    while done < times:
        opened = store.open(owner, workspace)
        body = str(int(opened.body) + 1).encode()
        try:
            store.save(owner, workspace, body, opened.version.number)
        except ConflictError:
            conflicts += 1
        else:
            done += 1
    found.close()
    return conflicts


def redeem_in_process(settings: dict[str, str], tickets: list[str]) -> list[str]:
    """Exchange tickets; return the keys."""
    found = database_of(settings, Path("/"))
    assert found is not None
    store = WorkspaceStore(found)
    keys = [store.redeem_ticket(ticket) for ticket in tickets]
    found.close()
    return keys
