"""What each group may do: a table to be read by itself; ``setup_site`` brings the groups to it."""

from __future__ import annotations

PRACTITIONERS, REVIEWERS, SAFETY_OFFICERS, MANAGERS = "Practitioners", "Reviewers", "Safety officers", "Managers"

#: What each group may do with pages under the home page.
PAGE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    PRACTITIONERS: ("add_page",),
    REVIEWERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    SAFETY_OFFICERS: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
    MANAGERS: (),
}
_WRITE_NOTES = ("add_safetynote", "change_safetynote")
_OVERRIDE = ("add_override", "change_override")
_PROPOSE, _DECIDE = ("add_proposal",), ("add_proposal", "change_proposal")
_HEAR_READERS = ("view_readerreport", "change_readerreport", "view_dailytotal")
_KEEP_SAYINGS = ("add_saying", "change_saying", "delete_saying")
_LOAD_LIBRARIES = ("add_libraryupload",)
_KEEP_FILMS = ("add_writtenconsent", "change_writtenconsent", "add_video", "change_video")
_FOLLOW = ("view_subscription", "change_subscription")
_KEEP_PEOPLE = ("add_practitioner", "change_practitioner", "delete_practitioner")
#: What each group may do beyond pages, by permission code.
OTHER_PERMISSIONS: dict[str, tuple[str, ...]] = {
    PRACTITIONERS: (
        "access_admin",
        *_WRITE_NOTES,
        "view_condition",
        "add_condition",
        "add_sharelink",
        "add_override",
        *_PROPOSE,
        *_KEEP_FILMS,
        "view_withdrawal",
    ),
    REVIEWERS: (
        "access_admin",
        "add_sharelink",
        *_WRITE_NOTES,
        "set_tier",
        "add_condition",
        "change_condition",
        *_OVERRIDE,
        *_DECIDE,
        *_KEEP_FILMS,
        *_KEEP_SAYINGS,
        *_HEAR_READERS,
        *_LOAD_LIBRARIES,
        "view_withdrawal",
        "audit_live",
        "export_library",
        *_FOLLOW,
    ),
    SAFETY_OFFICERS: (
        "access_admin",
        "add_sharelink",
        *_WRITE_NOTES,
        "set_tier",
        "delete_safetynote",
        "add_condition",
        "change_condition",
        "delete_condition",
        "view_auditentry",
        "view_failedsignin",
        "confirm_lostdevice",
        "audit_live",
        *_OVERRIDE,
        *_DECIDE,
        *_KEEP_FILMS,
        *_KEEP_SAYINGS,
        *_HEAR_READERS,
        *_LOAD_LIBRARIES,
        "add_withdrawal",
        "change_withdrawal",
        "view_withdrawal",
        *_FOLLOW,
    ),
    MANAGERS: (
        "access_admin",
        *_KEEP_PEOPLE,
        "invite_user",
        "view_auditentry",
        "view_failedsignin",
        "confirm_lostdevice",
        "audit_live",
        "change_sharelink",
        "change_dbtaskresult",
        "change_clinicsettings",
        "view_dailytotal",
        "export_library",
        *_FOLLOW,
    ),
}
#: And with pictures, where it may do anything with pages.
PICTURE_PERMISSIONS = ("add_image", "change_image", "choose_image")
