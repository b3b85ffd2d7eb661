"""Which columns of which tables the public sees, in files, in the API or on a page.

Whoever adds a column to one of these tables says here that it is public, or in INTERNAL that it is not; a test fails
until then. A column of a publication that is missing here would change and nobody who follows the feed would know.
"""

ADDRESS = "street house_number flat_number postal_code post_office town municipality_id county_id"
CONTACT = "phone phone_other email www"

PUBLIC = {
    "registry.Institution": "name short_name legal_form_id nip regon krs other_register other_register_number ade"
    f" founded_year is_opp is_zpch has_ct9_status ct9_granted_on {ADDRESS} {CONTACT}",
    "registry.Unit": "operator_id name short_name regon register_number started_on expires_on ended_on"
    f" {ADDRESS} {CONTACT}",
    "registry.Organisation": "institution_id unit_id kind_id slug description mission opening_hours"
    " social_media serves target_groups employees art94_declared accessibility other_marks support_centre latitude"
    " longitude activity verified_on verified_by source_id source_as_of published_at",
    "registry.CatalogueEntry": "ps mark mark_until art94 opp activity categories verified_on latitude longitude",
    "registry.Workplace": f"name {ADDRESS}",
    "registry.Reference": "offer_id client subject year value_amount",
    "registry.SocialEnterpriseStatus": "institution_id decision_number authority goal granted_on lost_on",
    "registry.Offer": "organisation_id category_id name description capacity serves position",
    "registry.OfferEntry": "organisation_name organisation_slug kind_id county_id municipality_id town ps mark"
    " mark_until art94 opp serves published_at changed_at",
    "registry.OfferPicture": "image width height alt position",
    "registry.OfferMark": "number granted_on valid_until state",
    "events.Event": "slug uid title kind state edition_id series_id summary description organiser audience"
    " audience_roles audience_words attendance place_name getting_in latitude longitude contact_name contact_phone"
    " contact_email starts_at ends_at moved_from cancel_reason takes_signups signup_url signup_opens_at"
    f" signup_closes_at capacity source_url changed_at published_at {ADDRESS}",
    "events.EventDay": "starts_at ends_at is_all_day label",
    "procurement.PostingEntry": "buyer_id published_at changed_at due_at type ocid subject summary buyer_name"
    " buyer_slug buyer_nip unit_name county_id municipality_id nature notice_kind state mode mode_label value"
    " is_approximate year cpv_codes clauses articles number plan_number opens_on opens_precision deadline_at"
    " decided_on suppliers url",
    "quality_mark.Mark": "number offer_id state since valid_until public_note revoked_for",
    "quality_mark.Licence": "granted_on valid_until",
    "quality_mark.MarkStep": "name source target at",
}
_BOOKKEEPING = "id created_at updated_at removed_at"
INTERNAL = {
    "registry.Institution": f"{_BOOKKEEPING} sort_key merged_into_id",
    "registry.Unit": f"{_BOOKKEEPING} sort_key",
    # Persons stand on cards with their consent, never in bulk data: that one came or went is told to nobody.
    "registry.Organisation": f"{_BOOKKEEPING} merged_into_id contact_person contact_consent_on verified_fields",
    # What is copied here from the tables above, and what is only searched and counted by.
    "registry.CatalogueEntry": "organisation_id name sort_key kind_id county_id municipality_id town summary serves"
    " cpv published_at changed_at search slug form_id pkd category_bits cell",
    "registry.Workplace": "id organisation_id",
    "registry.Reference": "id organisation_id",
    # Why a status was lost is for the people of the card and coordinators.
    "registry.SocialEnterpriseStatus": "id loss_reason loss_final_on",
    # Told is whether somebody has confirmed, not when.
    "registry.Offer": f"{_BOOKKEEPING} confirmed_at",
    "registry.OfferEntry": "offer_id organisation_id name sort_key summary cpv search category_id cell",
    "registry.OfferPicture": "id offer_id",
    "registry.OfferMark": "id offer_id",
    # `taken` is told as free places.
    "events.Event": "id created_at copied_from_id online_url taken per_institution has_reserve offer_hours"
    " documents_days asks_needs asks_diet planned_people planned_institutions sequence ics search settled_at",
    "events.EventDay": "id event_id",
    "procurement.PostingEntry": "posting_id cell sort_key cpv clause_key search",
    "quality_mark.Mark": "id reminded_days",
    "quality_mark.Licence": "id mark_id application_id holder_signed_on office_signed_on holder_signed_by"
    " agreement_id",
    "quality_mark.MarkStep": "id mark_id actor_id role note paper_id",
}


def columns(model, alias):
    """SQL: the public columns of a table under an alias. Times as numbers: as text they hang on the session."""
    return ", ".join(
        f"extract(epoch FROM {alias}.{name})"
        if name in ("at", "moved_from") or name.endswith("_at")
        else f"{alias}.{name}"
        for name in PUBLIC[model].split()
    )


def gathered(model, alias, *, of, order):
    """SQL: the public columns of all rows that `of` chooses, as one text."""
    table = model.replace(".", "_").lower()
    return (
        f"(SELECT string_agg(ROW({columns(model, alias)})::text, ';' ORDER BY {order}) FROM {table} {alias}"  # noqa: S608 - our own names
        f" WHERE {of})"
    )
