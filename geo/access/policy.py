"""Who may do what: roles from a claim, permitted mail domains, a public atlas or a closed one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from time import time
from typing import Final

from geo.access.provider import Provider, build_provider, check_secret
from geo.access.sign_in import Person, SignIn, build_person, read_sign_in
from geo.limits import MIN_IDLE_MINUTES, SIGN_IN_SECONDS
from geo.settings import (
    ACCESS,
    OIDC_DOMAINS,
    OIDC_ROLE_CLAIM,
    OIDC_ROLES,
    SIGN_IN_IDLE,
    VISITOR_ROLE,
    WORKSPACE_SECRET,
    Setting,
)
from geo.store import Holder, person_owner
from geo.text import N_, InputError

ACCESS_ENVIRONMENT: Final = (
    ACCESS, OIDC_DOMAINS, OIDC_ROLE_CLAIM, OIDC_ROLES, SIGN_IN_IDLE, VISITOR_ROLE, WORKSPACE_SECRET,
)  # fmt: skip
MINUTE: Final = 60  # seconds
PUBLIC: Final = "public"
SIGNED_IN: Final = "signed_in"
REFUSED: Final = "none"
ANY_VALUE: Final = "*"
DOMAIN: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
NO_VERIFIED_MAIL: Final = N_(
    "The account {name} has no verified mail address, which this atlas asks for. Verify it with the"
    " provider of your account, or sign in with another one."
)
OTHER_DOMAIN: Final = N_(
    "The account {name} has a mail address of a domain that this atlas does not permit. Sign out,"
    " and sign in with another account."
)
INACTIVE: Final = N_(
    "You were signed out after {minutes} minutes without activity. Sign in again to see your work."
)
NO_ROLE: Final = N_(
    "The account {name} has no role in this atlas. Ask whoever runs it, or sign in with another"
    " account."
)
INACTIVE_REASON: Final = "inactive"
# Words of the log for why a sign-in is not accepted; whatever else is a fault of the store.
REFUSAL_REASONS: Final = {
    NO_VERIFIED_MAIL: "no_verified_mail",
    OTHER_DOMAIN: "domain_not_permitted",
    NO_ROLE: "no_role",
    INACTIVE: INACTIVE_REASON,
}
STORE_FAULT: Final = "store_unreachable"
NOT_ONE_OF: Final = N_("{setting}: “{given}” is not valid. Write one of: {permitted}.")
NEEDS_PROVIDER: Final = N_("{setting} is set, but no provider of sign-in is. Set {needed}, too.")
NEEDS_STORE: Final = N_(
    "Sign-in needs a database: it notes who signed out. Set {setting} to another value than none."
)


class Role(IntEnum):
    """What a visitor may do; each role may do what the one before may.

    reader: look at everything public, and open shared links. editor: upload tables, keep work and
    share it. admin: see how much room the work of all takes, in numbers alone.
    """

    READER = 1
    EDITOR = 2
    ADMIN = 3


ROLES: Final = {role.name.lower(): role for role in Role}


@dataclass(frozen=True)
class Visitor:
    """Whoever opens a page or a file.

    person: None for a reader who is not signed in or was refused. role: None for one who may see
    nothing but the page that asks to sign in. refusal: why a sign-in is not accepted. pseudonym: of
    whoever signed in, also where that is refused, for the log; empty for a stranger.
    """

    role: Role | None
    person: Person | None = None
    sign_in: SignIn | None = None
    owner: Holder | None = None
    refusal: InputError | None = None
    pseudonym: str = ""

    @property
    def refusal_reason(self) -> str:
        """Why a sign-in is not accepted, as a word for the log; empty when it is."""
        return REFUSAL_REASONS.get(self.refusal.message, STORE_FAULT) if self.refusal else ""

    @property
    def may_look(self) -> bool:
        """Whether the visitor may see maps, pictures and files."""
        return self.role is not None

    @property
    def may_edit(self) -> bool:
        """Whether the visitor may upload and keep work."""
        return self.role is not None and self.role >= Role.EDITOR

    @property
    def may_administer(self) -> bool:
        """Whether the visitor may see numbers of all work."""
        return self.role == Role.ADMIN


@dataclass(frozen=True)
class AccessPolicy:
    """What the operator permits; without a provider, everyone may do what an editor may.

    visitor_role: of readers who are not signed in; None in an atlas for people signed in alone.
    role_claim: the name of the claim that roles come from; empty for none. roles: by its values.
    domains: of permitted mail addresses; empty for all. workspace_secret: what the keys of persons
    are derived from. idle_minutes: without an action, after which a sign-in ends. now: seconds
    since 1970.
    """

    provider: Provider | None = None
    visitor_role: Role | None = Role.EDITOR
    role_claim: str = ""
    roles: Mapping[str, Role | None] = field(default_factory=dict)
    domains: Sequence[str] = ()
    workspace_secret: str = field(default="", repr=False)
    idle_minutes: int = SIGN_IN_SECONDS // MINUTE
    now: Callable[[], float] = time

    @property
    def is_closed(self) -> bool:
        """Whether the atlas is for people signed in alone."""
        return self.visitor_role is None

    def find_visitor(
        self,
        cookies: Mapping[str, str],
        is_ended: Callable[[Sequence[str], float], bool],
        last_action: Callable[[str], float | None] = lambda key: None,
    ) -> Visitor:
        """Return who a browser is.

        cookies: of its request. is_ended: whether a sign-in was ended before its time
        (``WorkspaceStore.is_sign_in_ended``). last_action: when a sign-in did something, by its key
        (``WorkspaceStore.find_activity``). While they raise StoreError, no sign-in is accepted.
        """
        stranger = Visitor(self.visitor_role)
        sign_in = read_sign_in(cookies, self.provider) if self.provider else None
        if sign_in is None:
            return stranger
        person = build_person(sign_in.claims)
        owner = person_owner(person.issuer, person.subject, self.workspace_secret)
        try:
            if is_ended((sign_in.key, person.key), sign_in.began):
                return stranger
            seen = max(sign_in.began, last_action(sign_in.key) or 0)
            if self.now() - seen > self.idle_minutes * MINUTE:
                ended = InputError(INACTIVE, minutes=self.idle_minutes)
                return Visitor(self.visitor_role, refusal=ended, pseudonym=owner.pseudonym)
            role = self.role_of(sign_in.claims, person)
        except InputError as refusal:  # or StoreError: nobody knows whether it was ended
            return Visitor(
                self.visitor_role, sign_in=sign_in, refusal=refusal, pseudonym=owner.pseudonym
            )
        return Visitor(role, person, sign_in, owner, pseudonym=owner.pseudonym)

    def role_of(self, claims: Mapping[str, object], person: Person) -> Role:
        """Return the highest role that the claims give. Raises InputError for none."""
        self._check_domain(claims, person)
        if not self.role_claim:
            return Role.EDITOR
        values = {*_claim_values(claims, self.role_claim), ANY_VALUE}
        found = [self.roles[value] for value in values if value in self.roles]
        given = [role for role in found if role is not None]
        if given:
            return max(given)
        if found:
            raise InputError(NO_ROLE, name=person.name)
        return Role.READER

    def _check_domain(self, claims: Mapping[str, object], person: Person) -> None:
        if not self.domains:
            return
        mail = claims.get("email")
        # Some providers write the truth value as text.
        if not isinstance(mail, str) or claims.get("email_verified") not in (True, "true"):
            raise InputError(NO_VERIFIED_MAIL, name=person.name)
        name, _, domain = mail.rpartition("@")
        if not name or domain.lower() not in self.domains:
            raise InputError(OTHER_DOMAIN, name=person.name)


def build_access_policy(
    environment: Mapping[str, str],
    section: Mapping[str, object] | None = None,
    has_store: bool = True,
) -> AccessPolicy:
    """Return the policy of the operator's settings.

    section: ``[auth]`` of Streamlit's secrets file. has_store: whether there is a database. Raises
    InputError for settings that are not valid or do not fit together, so that a typing error cannot
    open the atlas.
    """
    access = _chosen(ACCESS, environment, (PUBLIC, SIGNED_IN))
    visitors = _chosen(VISITOR_ROLE, environment, ("editor", "reader"))
    claim = OIDC_ROLE_CLAIM.read(environment).strip()
    roles = parse_roles(OIDC_ROLES.read(environment))
    domains = parse_domains(OIDC_DOMAINS.read(environment))
    provider = build_provider(environment, section)
    if provider is None:
        used = [name for name in ACCESS_ENVIRONMENT if name.read(environment) != name.default]
        if used:
            raise InputError(NEEDS_PROVIDER, setting=used[0].name, needed="ATLAS_OIDC_ISSUER")
        return AccessPolicy()
    if roles and not claim:
        raise InputError(NEEDS_PROVIDER, setting=OIDC_ROLES.name, needed=OIDC_ROLE_CLAIM.name)
    if not has_store:
        raise InputError(NEEDS_STORE, setting="ATLAS_DATABASE")
    secret = WORKSPACE_SECRET.read(environment).strip()
    idle_minutes = parse_idle_minutes(SIGN_IN_IDLE.read(environment))
    return AccessPolicy(
        provider=provider,
        visitor_role=None if access == SIGNED_IN else ROLES[visitors],
        role_claim=claim,
        roles=roles,
        domains=domains,
        workspace_secret=check_secret(WORKSPACE_SECRET.name, secret)
        if secret
        else provider.cookie_secret,
        idle_minutes=idle_minutes,
    )


def parse_idle_minutes(text: str) -> int:
    """Parse after how many minutes without an action a sign-in ends. Raises InputError.

    >>> parse_idle_minutes("60")
    60
    """
    word, most = text.strip() or SIGN_IN_IDLE.default, SIGN_IN_SECONDS // MINUTE
    minutes = int(word) if word.isascii() and word.isdigit() else 0
    if not MIN_IDLE_MINUTES <= minutes <= most:
        raise InputError(
            N_("{setting}: “{given}” is not valid. Write a number from {least} to {most}."),
            setting=SIGN_IN_IDLE.name,
            given=text,
            least=MIN_IDLE_MINUTES,
            most=most,
        )
    return minutes


def parse_roles(text: str) -> dict[str, Role | None]:
    """Parse which values of the claim give which role. Raises InputError for anything else.

    >>> parse_roles("Atlas Admins=admin; staff=editor; *=none")
    {'Atlas Admins': <Role.ADMIN: 3>, 'staff': <Role.EDITOR: 2>, '*': None}
    """
    roles: dict[str, Role | None] = {}
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        value, _, role = (part.strip() for part in entry.rpartition("="))
        if not value or (role not in ROLES and role != REFUSED):
            raise InputError(
                N_(
                    "{setting}: “{given}” is not valid. Write a value of the claim, = and one of"
                    " {permitted}, with ; between them."
                ),
                setting=OIDC_ROLES.name,
                given=entry,
                permitted=", ".join([*ROLES, REFUSED]),
            )
        roles[value] = ROLES.get(role)
    return roles


def parse_domains(text: str) -> tuple[str, ...]:
    """Parse the domains of permitted mail addresses. Raises InputError for anything else.

    >>> parse_domains("Stats.example.cn example.org")
    ('stats.example.cn', 'example.org')
    """
    domains = tuple(text.lower().split())
    for domain in domains:
        if not DOMAIN.fullmatch(domain):
            raise InputError(
                N_(
                    "{setting}: “{given}” is not a domain. Write domains such as example.cn, with"
                    " blanks between them."
                ),
                setting=OIDC_DOMAINS.name,
                given=domain,
            )
    return domains


def _chosen(setting: Setting, environment: Mapping[str, str], permitted: Sequence[str]) -> str:
    word = setting.read(environment).strip().lower() or setting.default
    if word not in permitted:
        raise InputError(
            NOT_ONE_OF,
            setting=setting.name,
            given=setting.read(environment),
            permitted=", ".join(permitted),
        )
    return word


def _claim_values(claims: Mapping[str, object], name: str) -> list[str]:
    """Return the values of a claim: a text or a list of texts, at its name or at a path of names.

    >>> _claim_values({"realm_access": {"roles": ["staff", 1]}}, "realm_access.roles")
    ['staff']
    >>> _claim_values({"https://example.cn/role": "staff"}, "https://example.cn/role")
    ['staff']
    """
    found: object = claims.get(name)
    if found is None:
        found = claims
        for step in name.split("."):
            found = found.get(step) if isinstance(found, Mapping) else None
    values = found if isinstance(found, list) else [found]
    return [value for value in values if isinstance(value, str)]
