"""Settings give roles and permissions; what is not valid stops the start with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.access import AccessPolicy, Role, build_access_policy
from geo.access.sign_in import build_person
from geo.settings import SETTINGS
from geo.store import person_owner
from geo.store.errors import SlowStoreError
from geo.text import InputError
from tests.geo.access.cookies import (
    ENVIRONMENT,
    ISSUER,
    ORIGIN,
    SECRET,
    claims,
    sign_in_cookies,
)

FILE = {
    "redirect_uri": f"{ORIGIN}/oauth2callback",
    "cookie_secret": SECRET,
    "client_id": "atlas",
    "client_secret": "secret",
    "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
}


def policy(**settings):
    return build_access_policy({**ENVIRONMENT, **settings})


def never(keys, began):
    return False


def role(found, **more):
    given = claims(**more)
    return found.role_of(given, build_person(given))


def refusal(call):
    with pytest.raises(InputError) as raised:
        call()
    return raised.value


def test_without_a_provider_everyone_may_do_what_was_possible_before():
    found = build_access_policy({})
    assert found == AccessPolicy()
    assert not found.is_closed
    for cookies in ({}, sign_in_cookies(claims())):
        visitor = found.find_visitor(cookies, never)
        assert visitor.person is visitor.owner is visitor.sign_in is None
        assert visitor.may_look
        assert visitor.may_edit
        assert not visitor.may_administer


def test_what_streamlit_is_given():
    secrets = policy().provider.secrets()
    assert secrets == {
        "auth": {
            "redirect_uri": f"{ORIGIN}/oauth2callback",
            "cookie_secret": SECRET,
            "client_id": "atlas",
            "client_secret": "secret of the client",
            "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
            "client_kwargs": {"scope": "openid email profile", "code_challenge_method": "S256"},
        }
    }


def test_the_address_for_the_way_back_is_below_the_path_of_the_atlas():
    found = policy(STREAMLIT_SERVER_BASE_URL_PATH="atlas/").provider
    assert found.redirect_uri == f"{ORIGIN}/atlas/oauth2callback"
    assert found.origin == ORIGIN
    hosted = policy(ATLAS_PUBLIC_ADDRESS="", ATLAS_HOST="map.example.cn").provider
    assert hosted.redirect_uri == "https://map.example.cn/oauth2callback"
    assert hosted.is_secure
    local = policy(ATLAS_PUBLIC_ADDRESS="http://localhost:8501").provider
    assert (local.redirect_uri, local.is_secure) == ("http://localhost:8501/oauth2callback", False)


def test_a_secrets_file_configures_the_same():
    found = build_access_policy({"ATLAS_ACCESS": "signed_in"}, FILE).provider
    assert (found.client_id, found.redirect_uri) == ("atlas", FILE["redirect_uri"])
    kwargs = build_access_policy({}, {**FILE, "client_kwargs": {"prompt": "login"}}).provider
    assert kwargs.secrets()["auth"]["client_kwargs"] == {
        "prompt": "login",
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize("key", FILE)
def test_a_secrets_file_lacks_nothing(key):
    error = refusal(lambda: build_access_policy({}, {**FILE, key: ""}))
    assert error.slots["setting"] == f"auth.{key}"


@pytest.mark.parametrize(
    ("section", "named"),
    [
        ({**FILE, "redirect_uri": f"{ORIGIN}/elsewhere"}, f"{ORIGIN}/elsewhere"),
        ({**FILE, "redirect_uri": "http://atlas.example.cn/oauth2callback"}, "http://atlas"),
        ({**FILE, "google": {"client_id": "x"}}, "google"),
        ({**FILE, "expose_tokens": ["id"]}, "expose_tokens"),
    ],
)
def test_a_secrets_file_is_checked(section, named):
    assert named in str(refusal(lambda: build_access_policy({}, section)).slots["given"])


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ({"ATLAS_OIDC_ISSUER": ""}, "ATLAS_OIDC_ISSUER"),
        ({"ATLAS_OIDC_CLIENT_ID": " "}, "ATLAS_OIDC_CLIENT_ID"),
        ({"ATLAS_OIDC_CLIENT_SECRET": ""}, "ATLAS_OIDC_CLIENT_SECRET"),
        ({"ATLAS_OIDC_ISSUER": "id.example.cn"}, "ATLAS_OIDC_ISSUER"),
        ({"ATLAS_OIDC_ISSUER": "http://id.example.cn"}, "ATLAS_OIDC_ISSUER"),
        ({"ATLAS_OIDC_ISSUER": "http://localhost.example.cn"}, "ATLAS_OIDC_ISSUER"),
        ({"ATLAS_OIDC_ISSUER": "https://user@id.example.cn"}, "ATLAS_OIDC_ISSUER"),
        ({"ATLAS_PUBLIC_ADDRESS": ""}, "ATLAS_PUBLIC_ADDRESS"),
        ({"ATLAS_PUBLIC_ADDRESS": "http://atlas.example.cn"}, "ATLAS_PUBLIC_ADDRESS"),
        ({"ATLAS_PUBLIC_ADDRESS": "https://atlas.example.cn/map"}, "ATLAS_PUBLIC_ADDRESS"),
        ({"STREAMLIT_SERVER_COOKIE_SECRET": ""}, "STREAMLIT_SERVER_COOKIE_SECRET"),
        ({"STREAMLIT_SERVER_COOKIE_SECRET": "short"}, "STREAMLIT_SERVER_COOKIE_SECRET"),
        ({"ATLAS_WORKSPACE_SECRET": "short"}, "ATLAS_WORKSPACE_SECRET"),
        ({"ATLAS_ACCESS": "signedin"}, "ATLAS_ACCESS"),
        ({"ATLAS_VISITOR_ROLE": "admin"}, "ATLAS_VISITOR_ROLE"),
        ({"ATLAS_OIDC_ROLES": "staff=editor"}, "ATLAS_OIDC_ROLES"),
        ({"ATLAS_OIDC_ROLE_CLAIM": "groups", "ATLAS_OIDC_ROLES": "staff"}, "ATLAS_OIDC_ROLES"),
        ({"ATLAS_OIDC_ROLE_CLAIM": "groups", "ATLAS_OIDC_ROLES": "a=owner"}, "ATLAS_OIDC_ROLES"),
        ({"ATLAS_OIDC_DOMAINS": "@example.cn"}, "ATLAS_OIDC_DOMAINS"),
        ({"ATLAS_OIDC_DOMAINS": "*.example.cn"}, "ATLAS_OIDC_DOMAINS"),
    ],
)
def test_a_setting_that_is_not_valid_is_named_and_no_secret_is_repeated(settings, setting):
    error = refusal(lambda: policy(**settings))
    assert error.slots["setting"] == setting
    assert "short" not in error.slots.values()


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1:8080", "[::1]:8080"])
def test_a_provider_on_this_machine_may_be_asked_by_http(host):
    provider = policy(ATLAS_OIDC_ISSUER=f"http://{host}").provider
    assert provider.metadata_url == f"http://{host}/.well-known/openid-configuration"


def test_settings_that_do_not_fit_together_are_refused():
    cases = [
        ({"ATLAS_ACCESS": "signed_in"}, None, True),
        ({"ATLAS_OIDC_DOMAINS": "example.cn"}, None, True),
        (ENVIRONMENT, FILE, True),
        (ENVIRONMENT, None, False),
    ]
    for environment, section, has_store in cases:
        refusal(lambda: build_access_policy(environment, section, has_store))  # noqa: B023


def test_every_setting_of_access_is_in_the_table():
    assert set(ENVIRONMENT) <= {setting.name for setting in SETTINGS}


def test_a_person_has_the_owner_that_the_store_derives():
    cookies = sign_in_cookies(claims())
    visitor = policy().find_visitor(cookies, never)
    assert visitor.owner == person_owner(ISSUER, "li", SECRET)
    assert visitor.role is Role.EDITOR
    apart = policy(ATLAS_WORKSPACE_SECRET="w" * 32).find_visitor(cookies, never)
    assert apart.owner == person_owner(ISSUER, "li", "w" * 32)


def test_who_signed_out_is_a_stranger():
    cookies, asked = sign_in_cookies(claims()), []

    def ended(keys, began):
        asked.append((keys, began))
        return True

    for settings, may_look in (({}, True), ({"ATLAS_ACCESS": "signed_in"}, False)):
        visitor = policy(**settings).find_visitor(cookies, ended)
        assert visitor.person is visitor.owner is None
        assert visitor.may_look == may_look
    (keys, _), *_ = asked
    assert len(keys) == 2


def test_roles_come_from_the_claim_and_the_highest_holds():
    found = policy(
        ATLAS_OIDC_ROLE_CLAIM="realm_access.roles",
        ATLAS_OIDC_ROLES="Atlas Admins=admin; staff=editor",
    )
    for values, expected in (
        ([], Role.READER),
        (["unknown"], Role.READER),
        (["staff"], Role.EDITOR),
        (["staff", "Atlas Admins"], Role.ADMIN),
        ("staff", Role.EDITOR),
        ({"staff": True}, Role.READER),
        (["Staff"], Role.READER),
        ([["staff"]], Role.READER),
    ):
        assert role(found, realm_access={"roles": values}) is expected, values
    assert role(found) is Role.READER
    assert role(found, roles=["staff"]) is Role.READER


def test_the_star_is_everyone_and_none_lets_nobody_in():
    found = policy(ATLAS_OIDC_ROLE_CLAIM="groups", ATLAS_OIDC_ROLES="staff=editor; *=none")
    assert role(found, groups=["staff"]) is Role.EDITOR
    refusal(lambda: role(found, groups=["guests"]))
    visitor = found.find_visitor(sign_in_cookies(claims(groups=["guests"])), never)
    assert visitor.refusal
    assert visitor.person is visitor.owner is None
    assert visitor.role is Role.EDITOR  # as before the sign-in: the atlas is public


def test_only_verified_mail_of_a_permitted_domain_comes_in():
    found = policy(ATLAS_OIDC_DOMAINS="example.cn", ATLAS_ACCESS="signed_in")
    assert role(found, email="Li@Example.CN", email_verified=True) is Role.EDITOR
    assert role(found, email="li@example.cn", email_verified="true") is Role.EDITOR
    for case in (
        {},
        {"email": "li@example.cn"},
        {"email": "li@example.cn", "email_verified": False},
        {"email": "li@example.cn", "email_verified": "false"},
        {"email": "li@example.cn", "email_verified": 1.5},
        {"email": "li@example.org", "email_verified": True},
        {"email": "li@sub.example.cn", "email_verified": True},
        {"email": "li@example.cn.evil.example", "email_verified": True},
        {"email": "li@notexample.cn", "email_verified": True},
        {"email": "example.cn", "email_verified": True},
        {"email": ["li@example.cn"], "email_verified": True},
    ):
        assert refusal(lambda: role(found, **case)).slots["name"], case  # noqa: B023
        visitor = found.find_visitor(sign_in_cookies(claims(**case)), never)
        assert not visitor.may_look
        assert visitor.refusal


def test_what_each_role_may_do():
    rows = {
        Role.READER: (True, False, False),
        Role.EDITOR: (True, True, False),
        Role.ADMIN: (True, True, True),
    }
    found = policy(
        ATLAS_OIDC_ROLE_CLAIM="role",
        ATLAS_OIDC_ROLES="reader=reader;editor=editor;admin=admin",
        ATLAS_VISITOR_ROLE="reader",
    )
    for expected, may in rows.items():
        cookies = sign_in_cookies(claims(role=expected.name.lower()))
        visitor = found.find_visitor(cookies, never)
        assert visitor.role is expected
        assert (visitor.may_look, visitor.may_edit, visitor.may_administer) == may
    stranger = found.find_visitor({}, never)
    assert (stranger.may_look, stranger.may_edit) == (True, False)


def test_a_sign_in_ends_after_some_time_without_an_action():
    cookies = sign_in_cookies(claims())
    found = policy(ATLAS_SIGN_IN_IDLE="5", ATLAS_ACCESS="signed_in")
    began = found.find_visitor(cookies, never).sign_in.began
    for after_s, action_s, is_in in (
        (300, None, True),
        (301, None, False),
        (900, 600, True),
        (901, 600, False),
        (-60, None, True),  # a clock set back
        (60, -1_000_000, True),  # what was noted before the sign-in says nothing of it
    ):
        asked = []

        def last(key, action_s=action_s, asked=asked):
            asked.append(key)
            return None if action_s is None else began + action_s

        later = replace(found, now=lambda after_s=after_s: began + after_s)
        visitor = later.find_visitor(cookies, never, last)
        assert bool(visitor.person and visitor.owner) == is_in, after_s
        assert visitor.may_look == is_in
        if not is_in:
            assert visitor.refusal.slots == {"minutes": 5}
            assert visitor.refusal_reason == "inactive"
            assert visitor.sign_in is None
        (key,) = asked
        assert key == found.find_visitor(cookies, never).sign_in.key


def test_without_the_store_nobody_knows_when_a_sign_in_was_used():
    def unreachable(key):
        raise SlowStoreError("The store did not answer.")

    visitor = policy().find_visitor(sign_in_cookies(claims()), never, unreachable)
    assert visitor.person is visitor.owner is None
    assert visitor.refusal_reason == "store_unreachable"


def test_the_limit_without_an_action_has_a_default_and_bounds():
    assert policy().idle_minutes == policy(ATLAS_SIGN_IN_IDLE=" ").idle_minutes == 60
    assert policy(ATLAS_SIGN_IN_IDLE="5").idle_minutes == 5
    assert policy(ATLAS_SIGN_IN_IDLE="720").idle_minutes == 720
    for given in ("4", "721", "0", "-5", "1.5", "never", "６０"):
        error = refusal(lambda: policy(ATLAS_SIGN_IN_IDLE=given))  # noqa: B023
        assert error.slots == {
            "setting": "ATLAS_SIGN_IN_IDLE", "given": given, "least": 5, "most": 720,
        }  # fmt: skip
