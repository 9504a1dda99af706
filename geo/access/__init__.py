"""Who may come in: the provider of sign-in, roles from its claims, and the cookie of a sign-in."""

from geo.access.policy import (
    ACCESS_ENVIRONMENT,
    AccessPolicy,
    Role,
    Visitor,
    build_access_policy,
)
from geo.access.provider import CALLBACK_PATH, SIGN_IN_PATH, SIGN_OUT_PATH, Provider
from geo.access.sign_in import TOKENS_COOKIE, USER_COOKIE, Person, SignIn, read_sign_in

__all__ = [
    "ACCESS_ENVIRONMENT",
    "CALLBACK_PATH",
    "SIGN_IN_PATH",
    "SIGN_OUT_PATH",
    "TOKENS_COOKIE",
    "USER_COOKIE",
    "AccessPolicy",
    "Person",
    "Provider",
    "Role",
    "SignIn",
    "Visitor",
    "build_access_policy",
    "read_sign_in",
]
