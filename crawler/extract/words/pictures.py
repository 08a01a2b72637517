"""The words of photo credits."""

# What was there.
PICTURES = """
photo | photograph | picture | image | images | foto | fotos | fotografie | fotografia | bild | bilder
symbolbild | archivbild | titelbild | imagen | imágenes | imagem | imagens | immagine | immagini | zdjęcie
zdj. | fot. | kuva | kuvat | valokuva | nuotr. | nuotrauka | fénykép | fotó | fotoğraf | görsel | resim | φωτο
φωτογραφία | фото | снимка | снимки | фотография | фотографија | слика | сурет | ფოტო | լուսանկարը | صورة
الصورة | عکس | تصویر | תצלום | צילום | फोटो | ছবি | ภาพ | ảnh | gambar | picha | 图 | 图片 | 图片来源 | 图源
圖 | 圖片來源 | 写真 | 画像 | 사진 | photo credit | image credit | picture credit
"""

# Between the picture and the colon.
OWNERSHIP = """
credit | credits | source | courtesy | courtesy of | by | von | de | par | di | autor | arhiva | arhiv | archiv
archives | archive | file | illustration | ilustrasi | kaynak | quelle | crédito | ilustrativní | ilustracyjne
ilustrativna
"""
