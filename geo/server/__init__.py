"""The server around the app: security headers and the check before it starts."""

from geo.server.security import SecurityHeadersMiddleware, build_security_policy, error_handler
from geo.server.start import check_data, error_messages, freeze_objects

__all__ = [
    "SecurityHeadersMiddleware",
    "build_security_policy",
    "check_data",
    "error_handler",
    "error_messages",
    "freeze_objects",
]
