"""A bucket is set by all of its settings or none, each refused in words that name it and show no key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from stretchsite.settings.buckets import bucket
from stretchsite.settings.environment import NEEDED
from tests.stretchsite.test_settings import production, settled

WHOLE = {
    "S3_BUCKET": "stretch-files",
    "S3_ENDPOINT": "https://files.example:9000/",
    "S3_ACCESS_KEY": "the-id",
    "S3_SECRET_KEY": "the-very-secret",
}
#: Starts the site, and says which packages came with it, before and after its storage is used.
TOLD = """
import sys, django
django.setup()
from django.core.files.storage import default_storage
import stretchsite.urls
print("storages" in sys.modules or "boto3" in sys.modules or "botocore" in sys.modules)
print(default_storage.__class__.__name__)
"""


@pytest.mark.parametrize("absent", NEEDED)
@pytest.mark.parametrize("value", ["", None], ids=["empty", "left out"])
def test_half_a_bucket_is_refused(absent: str, value: str | None):
    given = {**WHOLE, absent: value}
    with pytest.raises(ImproperlyConfigured) as refused:
        bucket({name: said for name, said in given.items() if said is not None})
    assert str(refused.value).startswith(f"Set {absent} in the environment: ")
    assert "very-secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("S3_BUCKET", "Stretch Files", "S3_BUCKET is “Stretch Files”: a bucket's name has 3 to 63 small letters"),
        ("S3_ENDPOINT", "files.example", "S3_ENDPOINT is no address of a server: write https://"),
        ("S3_ENDPOINT", "https://files.example/stretch-files", "the bucket's name is S3_BUCKET"),
        ("S3_ENDPOINT", "https://me:mine@files.example", "the address of the server alone"),
        ("S3_ENDPOINT", "https://files.example:port", "the port is no number"),
        ("S3_ENDPOINT", "http://files.example", "http:// is not encrypted"),
        ("S3_REGION", "eu west", "S3_REGION is “eu west”: write a region such as"),
    ],
)
def test_what_is_no_bucket_is_refused_in_words(setting: str, value: str, told: str):
    with pytest.raises(ImproperlyConfigured) as refused:
        bucket({**WHOLE, setting: value})
    assert told in str(refused.value)
    assert "very-secret" not in str(refused.value)


def test_region_alone_is_half_a_bucket():
    with pytest.raises(ImproperlyConfigured, match=r"Set S3_BUCKET in the environment: .* or take S3_REGION out"):
        bucket({"S3_REGION": "eu-west-2"})


@pytest.mark.parametrize(
    ("given", "endpoint", "region"),
    [
        ({}, "https://files.example:9000", "us-east-1"),
        ({"S3_REGION": "garage"}, "https://files.example:9000", "garage"),
        ({"S3_ENDPOINT": "https://s3.eu-west-2.amazonaws.com"}, "https://s3.eu-west-2.amazonaws.com", "eu-west-2"),
        ({"S3_ENDPOINT": "http://[::1]:9000"}, "http://[::1]:9000", "us-east-1"),
    ],
)
def test_server_and_region_are_what_was_said_or_what_its_name_says(given: Any, endpoint: str, region: str):
    found = bucket({**WHOLE, **given})
    assert (found.endpoint, found.region) == (endpoint, region)


def test_without_a_bucket_files_are_in_a_folder_and_its_client_takes_no_memory(monkeypatch: pytest.MonkeyPatch):
    assert settled(monkeypatch, **dict.fromkeys(WHOLE, ""))["BUCKET"] is None
    told = production(["-c", TOLD], **dict.fromkeys(WHOLE, ""))
    assert told.stdout.split() == ["False", "WholeFiles"], told.stderr


def test_with_a_bucket_files_are_in_it_and_the_site_loads_pictures_from_nowhere_else(monkeypatch: pytest.MonkeyPatch):
    found = settled(monkeypatch, **WHOLE)
    assert found["STORAGES"]["default"] == {"BACKEND": "clinical.serving.bucket_files.BucketFiles"}
    assert found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["img-src"] == ["'self'", "data:"]


def test_authority_of_a_clinics_own_is_believed_when_its_file_is_there(tmp_path: Path):
    file = tmp_path / "authority.pem"
    file.touch()
    assert bucket({**WHOLE, "AWS_CA_BUNDLE": f" {file} "}).authority == str(file)
    assert bucket({**WHOLE, "AWS_CA_BUNDLE": ""}).authority == ""
    assert bucket({"AWS_CA_BUNDLE": "/nowhere.pem"}) is None, "it is there for another program"
    with pytest.raises(ImproperlyConfigured, match=r"AWS_CA_BUNDLE: there is no file /nowhere\.pem"):
        bucket({**WHOLE, "AWS_CA_BUNDLE": "/nowhere.pem"})


@pytest.mark.parametrize("name", ["AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE"])
@pytest.mark.parametrize("said", ["", "/for/other/programs.pem"])
def test_server_is_believed_by_what_the_settings_say_alone(
    settings: Any, monkeypatch: pytest.MonkeyPatch, name: str, said: str
):
    from clinical.serving.bucket_files import BucketFiles

    monkeypatch.setenv(name, said)
    settings.BUCKET = bucket({**WHOLE, "S3_BUCKET": f"of-{len(said)}-{len(name)}"})
    assert BucketFiles().connection.meta.client._endpoint.http_session._verify is True
