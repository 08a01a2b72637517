"""The words of consent dialogs; beginnings of words."""

# Two of them in one line speak of consent.
WORDS = """
cookie | consent | your privacy | privacy settings | datenschutz | einwilligung | tracking | nutzerprofil
personalisierte | vie privée | consentement | traceurs | privacidad | consentimiento | privacidade
consentimento | consenso | zgod | prywatno | souhlas | soukrom | куки | файлы cookie | конфиденциальност
gizlilik | çerez | samtycke | samtykke | toestemming | プライバシー | クッキー | 隐私 | 쿠키
"""
