import io
import os
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from PIL import Image, PngImagePlugin

from accounts.models import User
from core.exceptions import Refused
from registry.models import Offer, OfferPicture, Organisation
from registry.pictures import names
from registry.use_cases import pictures
from tests.registry.factories import NOW, OfferFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
WORDS = "Pracownica myje okno biura"


@pytest.fixture
def offer():
    return OfferFactory(organisation=OrganisationFactory(published_at=NOW))


@pytest.fixture
def actor():
    return User.objects.create_user("koordynator@example.pl", "x")


def drawing(width=40, height=30, kind="JPEG", mode="RGB", color="teal", **options):
    content = io.BytesIO()
    Image.new(mode, (width, height), color).save(content, kind, **options)
    return content.getvalue()


def add(offer, actor, content, alt=WORDS, name="zdjecie.jpg"):
    upload = SimpleUploadedFile(name, content)
    return pictures.add_picture(offer_id=offer.pk, upload=upload, alt=alt, actor=actor, now=NOW)


def stored(media):
    return sorted(path.name for path in media.rglob("*") if path.is_file())


def opened(picture):
    with default_storage.open(picture.image.name) as file:
        image = Image.open(file)
        image.load()
        return image


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGBA"), ("WEBP", "RGB")])
def test_picture_is_drawn_anew_in_two_sizes(offer, actor, media, kind, mode):
    color = (10, 20, 30, 40) if len(mode) == 4 else (10, 20, 30)
    picture = add(offer, actor, drawing(3200, 2000, kind, mode, color), name="zdjecie.exe")
    assert (picture.width, picture.height, picture.alt, picture.position) == (1600, 1000, WORDS, 1)
    name = picture.image.name.rpartition("/")[2]
    assert stored(media) == sorted([name, name.replace(".webp", "-s.webp")])
    image = opened(picture)
    assert (image.format, image.size) == ("WEBP", (1600, 1000))
    assert Offer.objects.get().updated_at == NOW


def test_small_picture_is_not_blown_up(offer, actor):
    assert opened(add(offer, actor, drawing(200, 100))).size == (200, 100)


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright(offer, actor, media):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "TajnyAparat"
    exif.get_ifd(0x8825)[1] = "N"
    picture = add(offer, actor, drawing(400, 200, exif=exif))
    image = opened(picture)
    assert image.size == (200, 400)
    assert len(image.getexif()) == 0
    for path in media.rglob("*.webp"):
        assert b"TajnyAparat" not in path.read_bytes()
        assert b"EXIF" not in path.read_bytes()


def test_text_hidden_in_a_png_is_gone(offer, actor, media):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    add(offer, actor, drawing(kind="PNG", pnginfo=notes))
    assert all(b"script" not in path.read_bytes() for path in media.rglob("*.webp"))


@pytest.mark.parametrize("alt", ["", "  ", "ab", " a \n b "])
def test_picture_without_words_is_refused(offer, actor, media, alt):
    if alt == " a \n b ":
        add(offer, actor, drawing(), alt)
        assert OfferPicture.objects.get().alt == "a b"
        return
    with pytest.raises(Refused, match="Opisz słowami"):
        add(offer, actor, drawing(), alt)
    assert (OfferPicture.objects.count(), stored(media)) == (0, [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\xff\xd8\xff\xe0 not really a picture",
        b"MZ\x90\0",
    ],
)
def test_what_is_no_picture_inside_is_refused_whatever_its_name(offer, actor, media, content):
    with pytest.raises(Refused):
        add(offer, actor, content, name="zdjecie.jpg")
    assert (OfferPicture.objects.count(), stored(media)) == (0, [])


def test_broken_picture_is_refused(offer, actor):
    with pytest.raises(Refused, match="uszkodzony"):
        add(offer, actor, drawing(800, 600)[:900])


def test_picture_of_ten_megabytes_passes_and_one_byte_more_does_not(offer, actor):
    content = drawing()
    add(offer, actor, content + b"\0" * (pictures.MAX_BYTES - len(content)))
    with pytest.raises(Refused, match="10 MB"):
        add(offer, actor, content + b"\0" * (pictures.MAX_BYTES - len(content) + 1))


def test_decompression_bomb_is_refused_before_it_is_unpacked(offer, actor):
    with pytest.raises(Refused, match="pikseli|uszkodzony"):
        add(offer, actor, drawing(20000, 20000, "PNG", "1", 0))
    with pytest.raises(Refused, match="pikseli"):
        add(offer, actor, drawing(10000, 5001, "PNG", "1", 0))


def test_same_picture_twice_and_the_thirteenth_are_refused(offer, actor):
    add(offer, actor, drawing())
    with pytest.raises(Refused, match="już jest"):
        add(offer, actor, drawing())
    for width in range(41, 52):
        add(offer, actor, drawing(width))
    with pytest.raises(Refused, match="najwyżej 12"):
        add(offer, actor, drawing(60))


def test_picture_of_a_removed_offer_is_refused(offer, actor, media):
    Offer.objects.update(removed_at=NOW)
    with pytest.raises(Refused, match="już nie ma"):
        add(offer, actor, drawing())
    assert stored(media) == []


def test_removed_picture_takes_its_files_along(offer, actor, media, django_capture_on_commit_callbacks):
    picture = add(offer, actor, drawing())
    kept = add(offer, actor, drawing(50))
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_picture(picture_id=picture.pk, actor=actor)
        pictures.remove_picture(picture_id=picture.pk, actor=actor)
    assert list(OfferPicture.objects.all()) == [kept]
    assert len(stored(media)) == 2


def test_a_file_that_cannot_be_deleted_now_disturbs_nobody(
    offer, actor, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(name):
        raise PermissionError(name)

    picture = add(offer, actor, drawing())
    monkeypatch.setattr(default_storage, "delete", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        pictures.remove_picture(picture_id=picture.pk, actor=actor)
    assert not OfferPicture.objects.exists()


def test_files_of_a_transaction_that_was_rolled_back_are_swept_away(offer, actor, media):
    kept = add(offer, actor, drawing())
    with transaction.atomic():
        add(offer, actor, drawing(50))
        transaction.set_rollback(True)
    assert OfferPicture.objects.get() == kept
    assert len(stored(media)) == 4
    now = timezone.now()
    assert pictures.sweep(now=now) == 0  # another transaction may have written them a moment ago
    assert pictures.sweep(now=now + timedelta(days=1, minutes=1)) == 2
    assert pictures.sweep(now=now + timedelta(days=2)) == 0
    assert opened(kept).size == (40, 30)
    assert stored(media) == sorted(name.rpartition("/")[2] for name in names(kept))


def test_files_of_an_offer_that_is_gone_are_swept_away(offer, actor, media):
    add(offer, actor, drawing())
    Offer.objects.all().delete()
    other = media / "registry" / "other.txt"
    other.write_text("x")
    os.utime(other, (0, 0))
    pictures.sweep(now=timezone.now())
    assert len(stored(media)) == 3
    assert pictures.sweep(now=timezone.now() + timedelta(days=2)) == 2
    assert stored(media) == ["other.txt"]


def test_there_may_be_nothing_to_sweep(media):
    assert pictures.sweep(now=timezone.now()) == 0


def test_who_added_a_picture_is_written_down(offer, actor):
    add(offer, actor, drawing())
    event = OfferPicture.pgh_event_model.objects.select_related("pgh_context").get()
    assert (event.pgh_label, event.pgh_context.metadata["user"]) == ("insert", actor.pk)


def test_picture_is_served_in_both_sizes_with_a_long_life(client, offer, actor):
    add(offer, actor, drawing(1000, 500))
    html = client.get(offer.get_absolute_url()).content.decode()
    large, small = picture_addresses(offer)
    assert f'<a href="{large}"><img src="{small}" width="480" height="240" alt="{WORDS}"' in html
    for address, size in ((large, (1000, 500)), (small, (480, 240))):
        response = client.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert response["Cache-Control"] == "private, max-age=31536000, immutable"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert Image.open(io.BytesIO(response.content)).size == size
        assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def picture_addresses(offer):
    picture = offer.pictures.get()
    name = picture.image.name.rpartition("/")[2]
    return f"/oferty/zdjecia/{picture.pk}/{name}", f"/oferty/zdjecia/{picture.pk}/{name.replace('.webp', '-s.webp')}"


@pytest.mark.parametrize("state", ["unpublished", "removed organisation", "removed offer"])
def test_picture_goes_with_its_offer(client, offer, actor, state):
    add(offer, actor, drawing())
    large, small = picture_addresses(offer)
    if state == "unpublished":
        Organisation.objects.update(published_at=None)
    elif state == "removed organisation":
        Organisation.objects.update(published_at=None, removed_at=NOW)
    else:
        Offer.objects.update(removed_at=NOW)
    assert [client.get(address).status_code for address in (large, small)] == [404, 404]


def test_only_the_right_name_is_served(client, offer, actor, media):
    add(offer, actor, drawing())
    large, _ = picture_addresses(offer)
    folder = large.rpartition("/")[0]
    (media / "tajne.webp").write_bytes(b"x")
    for name in ("tajne.webp", "..%2ftajne.webp", "x.webp", "%2e%2e"):
        assert client.get(f"{folder}/{name}").status_code == 404
    for path in media.rglob("registry/**/*.webp"):
        path.unlink()
    assert client.get(large).status_code == 404


def test_media_folder_has_no_address_of_its_own(client, offer, actor):
    picture = add(offer, actor, drawing())
    for prefix in ("/media/", "/", "/static/"):
        assert client.get(prefix + picture.image.name).status_code == 404
