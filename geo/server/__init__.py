"""The server around the app: routes, security headers, and the checks before it starts."""

from geo.server.access import AccessMiddleware
from geo.server.addresses import parse_trusted_proxies
from geo.server.below_path import BelowPathMiddleware, check_base_path
from geo.server.cookies import KEY_COOKIE, cookie_name, read_browser_key
from geo.server.garbage import freeze_objects, regular_collection
from geo.server.keeping import KEEP_PATH, keep_route
from geo.server.page import PageMiddleware, build_page
from geo.server.quotas import DOWNLOADS, PAGE_FILES, PICTURES, AddressQuotas, Permit
from geo.server.readiness import READY_PATH, ready_route
from geo.server.request_ids import (
    RequestIdMiddleware,
    add_request_ids,
    read_request_id,
)
from geo.server.routes import RenderedFile, asset_route, file_route, picture_route
from geo.server.security import SecurityHeadersMiddleware, build_security_policy, error_handler
from geo.server.start import check_data, check_tables

__all__ = [
    "DOWNLOADS",
    "KEEP_PATH",
    "KEY_COOKIE",
    "PAGE_FILES",
    "PICTURES",
    "READY_PATH",
    "AccessMiddleware",
    "AddressQuotas",
    "BelowPathMiddleware",
    "PageMiddleware",
    "Permit",
    "RenderedFile",
    "RequestIdMiddleware",
    "SecurityHeadersMiddleware",
    "add_request_ids",
    "asset_route",
    "build_page",
    "build_security_policy",
    "check_base_path",
    "check_data",
    "check_tables",
    "cookie_name",
    "error_handler",
    "file_route",
    "freeze_objects",
    "keep_route",
    "parse_trusted_proxies",
    "picture_route",
    "read_browser_key",
    "read_request_id",
    "ready_route",
    "regular_collection",
]
