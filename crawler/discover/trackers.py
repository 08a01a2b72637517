"""The parameters that say how a reader came and not what is read: the maintained list, by pattern.

Gathered from the documentation of the tools named beside each group and from what the public cleaning lists agree on
(AdGuard's general list, ClearURLs' global rules, Mozilla's and Brave's query stripping, miniflux). Names are in lower
case. To extend it, put a name where the weakest claim that is true of every site stands:

``TRACKER``   no site uses such a name for content;
``CHANNEL``   tracker on one site, identifier on another (``source``, ``ref``): dropped when the value is a channel's
              name or the path already names the article;
``WEAK``      the same for names that more often select content (``channel``, ``cid``): only a strong path drops them;
``SESSION``   dropped when the value looks random, kept when it looks like a number somebody gave out;
``DRESS``     the listed values only choose another dress of the same page (``print=1``, ``amp=1``, TYPO3's ``L=0``).
"""

import re


def words(text: str) -> frozenset[str]:
    """Read a list that is written as text, a word each."""
    return frozenset(text.split())


_PREFIXES = words("""
    utm_ utm- mtm_ matomo_ pk_ piwik_ _ga _gl ga_ gad_ gs_ hsa_ _hs __hs hss_
    at_ ns_ wt_ wt. itm_ otm_ hmb_ int_source int_medium int_campaign int_term int_content
    fb_action_ fb_ref fb_source fb_comment_id fb_xd action_object_map action_type_map action_ref_map
    __xts__ __cft__ __tn__ mc_cid mc_eid mc_tc ml_subscriber mkt_ oly_ vero_ bsft_ elq cm_mmc cm_mc_ sfmc_
    ss_campaign ss_email ss_source sp_source trk_ adobe_mc dm_i nr_email guce_ amp_ __amp_ relatedposts_
    share_ campaign_source campaign_medium campaign_name campaign_term campaign_content recommend_source
    _branch_ moderation- asc_ pf_rd_ pd_rd_ tracking_ aspsessionid _x_tr_hist p_p_col_ p_l_back_url
""")

_NAMES = words("""
    fbclid gclid gclsrc dclid gbraid wbraid gad srsltid msclkid yclid ysclid ymclid twclid ttclid igshid igsh li_fat_id
    rdt_cid sccid epik wickedid s_kwcid s_cid s_campaign ef_id irclickid irgwc cjevent cjdata awc zanpid tduid
    admitad_uid sscid rb_clickid clickid click_id obclickid oborigurl dicbo tblci ranmid raneaid ransiteid vmcid
    fbrefresh fref hc_ref hc_location refsrc _rdr _rdc mibextid sfnsn rdid extid paipv xmt comment_tracking
    __twitter_impression twsrc twterm ref_src ref_url _openstat openstat from_source spm spm_id_from vd_source scm
    isappinstalled wxshare_count nsukey pass_ticket chksm tt_from bd_vid qz_gdt _unique_id_ adxarea napm n_cid n_media
    log_from ved usg usqp aoh sxsrf aqs pcampaignid xtor xtref xtcr xtatc xtmc xtnp xtloc
    icid intcid intcmp int_cmp ncid cmpid cmp cmp_id ito ocid smid smtyp smcid smprod srcref maca mbid cndid bxid esrc
    srnd sref reflink referringsource emc regi_id unlocked_article_code giftcopy mtrref gwh gwt pgtype hpid
    ex_cid exc_cid soc_src soc_trk tsrc guccounter wprov useskin mobileaction cn-reloaded
    _bta_tid _bta_c _ke _kx __s _bhlid __readwiselocation dlvrit _cldee recipientid esid inf_contact_key emci emdi
    spmailingid spuserid spjobid spreportid sms_ss awesm vgo_ee pnespid ck_subscriber_id hsctatracking
    wtmc wtrid wtzmc zmc echobox mkwid pcrid mkcid mkevt mkrid traffic_source trafficsource
    referer referrer referral_source referrer_source refcode refcode2 affiliate_id aff_id affid aff_source
    trkcampaign trkinfo trackingid tracking cp_source isfreemail triedredirect showwelcomeonshare relatedposts sthash
    phpsessid jsessionid cfid cftoken zenid oscsid _wpnonce preview_nonce preview_id preview doing_wp_cron unapproved
    replytocom showcomment cpage like_comment nocache no_cache cachebuster cache_buster clear_cache
    clear_cache_session _dc _ rnd rand chash sphrase_id bitrix_include_areas back_url back_url_admin backurl returnurl
    return_url inheritredirect p_auth p_p_auth p_p_mode p_p_state p_p_state_rcv isdlg contenttypeid xsdata sdata
    noamp nonamp nomobile wptouch_switch wpmp_switcher ak_action amphtml printerfriendly printable printmode
    printversion printview highlight hilit
""")

_CHANNEL_NAMES = words("""
    ref ref_ _ref refid ref_id reftype referral refer referid source sourceid src srcid via feature partner partnerid
    origin share shareid sharetype medium campaign campaign_id campaignid camp trk trackid track affiliate aff from
    linkid link_id mod cid mc mcid ecid cp promo newsletter nl nlid te rref r gi sk si sns snsid xing_share
    utm smi sh sharedby social socialmedia
""")

_WEAK_NAMES = words("""
    channel module region app platform fr s t pc ei li form cvid instance_id segment_id user_id uid publication_id eid
    position pos rank hash token ts timestamp subid pkw pmt kw scene entry
""")

_SESSION_NAMES = words("sid s session sessionid session_id sess sess_id")

# Where readers come from, as publishers spell it in ?ref= and ?source=: matched against the words of the value.
_CHANNEL_WORDS = words("""
    rss rss2 feed feeds atom twitter tw tweet tco x facebook fb insta instagram ig linkedin whatsapp wa telegram tg
    viber messenger vk ok weibo wechat weixin wx line kakao kakaotalk pinterest reddit hn youtube youtu youtube_embed
    threads bluesky bsky mastodon tiktok xing tumblr pocket flipboard feedly inoreader newsbreak smartnews upday
    google googlenews gnews bing yahoo yandex baidu duckduckgo naver daum msn apple applenews news360 dlvr dlvrit
    buffer hootsuite email mail e-mail newsletter nl digest push notification webpush app android ios mobile home
    homepage frontpage hp top topnews topstories related recommended recommend recirc readmore nav navbar menu header
    footer sidebar rightrail widget ticker banner ad ads adwords organic social share shared sharing copy link bookmark
    search sitemap amp web desktop site internal oembed embed player emb_title syndication partner print
    mostread popular trending trend latest breaking teaser article story direct referral qr sms blog
""")

_PRINT = "- 1 true yes y on print pdf"
_AMP = "- 0 1 true false yes amp amphtml"
_VIEWS = """amp amphtml print printable printer printview print-view print_view printversion
    print-friendly printfriendly mobile mob wap smartphone touch desktop"""
# "-" stands for no value at all, as in ?amp
_DRESS = {
    "amp isamp is_amp _amp useamp": _AMP,
    "print _print toprint forprint doprint printpage print_view pdfprint": _PRINT,
    "outputtype output format view mode type style viewmode version display tpl template skin variant device client "
    "theme ui service action pagewanted layout": _VIEWS,
    "mobile ismobile is_mobile desktop fullsite nomob": "- 0 1 true false yes no on off",
    "m": "0 1", "nb": "1", "share rss comments web reload singlepage onepage": "- 1 true yes",
    "page": "0 all", "pagewanted": "1 all", "showall": "- 1 true", "paged": "0 1", "pagen_1": "1",
    "start limitstart offset": "- 0", "l": "0", "p_p_lifecycle": "0", "tmpl": "component", "layout": "default",
    "action": "click", "_escaped_fragment_": "-",
}


def _dress() -> dict[str, frozenset[str]]:
    """Spread the table above: one name, all its values."""
    spread: dict[str, set[str]] = {}
    for names, values in _DRESS.items():
        for name in names.split():
            spread.setdefault(name, set()).update("" if value == "-" else value for value in values.split())
    return {name: frozenset(values) for name, values in spread.items()}


DRESS = _dress()
TRACKER = re.compile(f"(?:{'|'.join(map(re.escape, sorted(_PREFIXES)))})|(?:{'|'.join(map(re.escape, sorted(_NAMES)))}"
                     r"|sf\d{5,})$")
CHANNEL, WEAK, SESSION, CHANNEL_WORDS = _CHANNEL_NAMES, _WEAK_NAMES, _SESSION_NAMES, _CHANNEL_WORDS
