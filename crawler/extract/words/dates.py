"""What a date is labelled with."""

# Before the date.
LABELS = """
date | dated | published | pubdate | publish_date | published_at | posted | updated | datum | veröffentlicht
fecha | data | dato | datë | data e publikimit | dátum | datums | päivämäärä | kuupäev | tarih | дата | датум
күні | ημερομηνία | التاريخ | تاریخ | תאריך | दिनांक | तारीख | তারিখ | วันที่ | ngày | tanggal | tarikh | tarehe
日期 | 日付 | 날짜
"""
