"""What stands before the names in a credit line."""

# The first words of the line, with or without a colon.
LABELS = """
text | texte | texto | testo | tekst | credit | credits | by | von
par | por | di | da | door | av | af | od | от
with | mit | con | com | avec
z | with agencies | mit material von | mit agenturmaterial von | mit informationen von | with material from
with reporting by | reporting by | with information from | con información de | con informaciones de
avec l'agence | com informações da | com informações do | com informações de | z informacji | по материалам
по информации | за матеріалами | за інформацією | nach angaben von | na podstawie | opr. na podst. | według
agencja | agency | agentur | agence | agencia | agência | agenzia | ajans | агентство | агенція | агенция
автор | autor | auteur | autore | author | von der | por agencia | por la agencia | di agenzia
"""
