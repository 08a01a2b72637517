import pytest

from crawler.extract.boilerplate.comments import is_comment_heading
from crawler.extract.boilerplate.rules import strip
from crawler.extract.line import Line
from crawler.extract.words import keyed
from crawler.extract.words.comments import NOUNS

HEADINGS = (
    "Discussion about this post", "Kommentar (0)", "Comments", "3 Comments", "12 comments:", "Leave a reply",
    "LEAVE A COMMENT",
    "Be the first to comment", "No comments yet", "Комментарии (5)", "Комментариев: 12", "Оставить комментарий",
    "コメント", "コメント 3件",
    "コメントを書く", "评论", "评论（3）", "3条评论", "发表评论", "評論", "التعليقات", "التعليقات (٣)",
    "اترك تعليقا", "Komente", "Lini një koment",
    "Komentarze (7)", "Dodaj komentarz", "Comentarios", "0 comentarios", "Deja un comentario", "Commentaires (4)",
    "Laisser un commentaire",
    "Reacties", "Geef een reactie", "Yorumlar (2)", "Yorum yap", "댓글 3개", "댓글", "Bình luận (0)", "Komentáře",
    "Přidat komentář",
    "Σχόλια (1)", "Коментарі", "תגובות", "टिप्पणियाँ", "ความคิดเห็น", "Hozzászólások", "Kommentit (5)", "0 Kommentare",
    "Schreiben Sie einen Kommentar", "Lascia un commento", "Deixe um comentário", "نظرات", "კომენტარები",
    "Коментари (3)",
)


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_comment_heading_is_recognised_in_its_language(heading):
    assert is_comment_heading(heading)


@pytest.mark.parametrize("line", [
    "The minister made no comments on the report.",
    "Comments by the president drew criticism",
    "Der Kommentar (0,5 Punkte) wurde gestrichen",
    "3 Comments that changed the talks",
    "Kein Kommentar aus Berlin",
    "He declined to comment.",
    "2023",
    "(5)",
    "Discussion about this post was lively in the capital",
    "评论员文章",
])
def test_a_line_that_speaks_of_comments_is_no_heading(line):
    assert not is_comment_heading(line)


def test_forty_languages_are_known():
    assert len(keyed(NOUNS)) >= 40


def read(*lines):
    return strip([Line(text=line) for line in lines])


SENTENCE = "The delegations met for seven hours in the old town hall and spoke about the border."


def test_what_follows_a_comment_heading_goes_with_it():
    reading = read(SENTENCE, SENTENCE, SENTENCE, "2 Comments", "I do not believe this.", "Nor do I.")
    assert [line.text for line in reading.lines] == [SENTENCE] * 3
    assert [(removal.rule, removal.where) for removal in reading.removed] == [
        ("comments", "line 4"), ("comments", "line 5"), ("comments", "line 6")]


def test_a_heading_with_most_of_the_text_below_it_stays():
    lines = (SENTENCE, "Leave a comment", SENTENCE, SENTENCE, SENTENCE)
    assert [line.text for line in read(*lines).lines] == list(lines)


def test_a_bare_noun_in_mid_text_is_a_section_of_the_article():
    lines = (SENTENCE, SENTENCE, SENTENCE, "Reactions", SENTENCE, "Comments", SENTENCE)
    assert "Comments" in read(*lines).text


def test_a_heading_that_is_the_first_line_stays():
    assert read("Comments", SENTENCE).text.startswith("Comments")


@pytest.mark.parametrize("heading", [
    "No comment.", "Geen reactie", "Ingen kommentar", "Sin comentarios.", "Aucun commentaire", "Nessun commento.",
    "Yorum yok", "Sem comentários.", "Reacties", "Réactions", "Tanggapan", "Ý kiến", "Replies", "의견", "प्रतिक्रिया",
])
def test_a_heading_over_paragraphs_that_others_refused_or_answered_stays(heading):
    lines = (*[SENTENCE] * 9, heading, f"{SENTENCE} The embassy did not answer questions.")
    assert [line.text for line in read(*lines).lines] == list(lines)


@pytest.mark.parametrize("heading", ["No comments yet", "Geen reacties", "Noch keine Kommentare", "Reacties", "Réactions"])
def test_a_heading_over_nothing_or_the_words_of_a_form_goes_with_them(heading):
    reading = read(*[SENTENCE] * 6, heading, "Your email address will not be published.", "Name")
    assert [line.text for line in reading.lines] == [SENTENCE] * 6
