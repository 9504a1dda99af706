"""Who may come in: the provider of sign-in, roles from its claims, its cookie, its log."""

from geo.access.events import SecurityEvent, log_event, open_security_log
from geo.access.policy import (
    ACCESS_ENVIRONMENT,
    INACTIVE_REASON,
    STORE_FAULT,
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
    "INACTIVE_REASON",
    "SIGN_IN_PATH",
    "SIGN_OUT_PATH",
    "STORE_FAULT",
    "TOKENS_COOKIE",
    "USER_COOKIE",
    "AccessPolicy",
    "Person",
    "Provider",
    "Role",
    "SecurityEvent",
    "SignIn",
    "Visitor",
    "build_access_policy",
    "log_event",
    "open_security_log",
    "read_sign_in",
]
