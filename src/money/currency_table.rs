//! ISO 4217's lists, a row a currency.
//!
//! Source: list one (currencies, funds and precious metals) and list three (withdrawn codes) as
//! published on 2026-01-01 by the maintenance agency, SIX: 178 codes, and 129 more. Names are those of
//! the lists, of list three in the latest entry of the code.
//!
//! List three has months, not days: a currency ends here on the first day of the month (of a range, of
//! its first), and one that the euro replaced on the day of its conversion. It has no minor units: those
//! here are of older editions of list one, or of OpenJDK's `CurrencyData.properties` (version 177), which
//! follows the agency's amendments since 2000.

use jiff::civil::{Date, date};

/// Declares the codes, their constants and their table from one list.
macro_rules! currencies {
    ($($code:ident, $numeric:expr, $minor:expr, $withdrawn:expr, $name:literal;)*) => {
        /// A code of the lists; its place is its row.
        #[expect(clippy::upper_case_acronyms, reason = "ISO's codes are written so")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub(super) enum Code { $($code),* }

        impl super::Currency {
            $(
                #[doc = concat!($name, ".")]
                pub const $code: Self = Self(Code::$code);
            )*
        }

        pub(super) const ROWS: &[Row] = &[$(Row {
            currency: super::Currency::$code,
            code: stringify!($code),
            in_capitals: concat!(stringify!($code), ", in capitals"),
            numeric: $numeric,
            minor_units: $minor,
            withdrawn: $withdrawn,
            name: $name,
        }),*];
    };
}

/// What ISO 4217 says of a currency.
pub(super) struct Row {
    pub(super) currency: super::Currency,
    pub(super) code: &'static str,
    /// The expected text where the code has small letters.
    pub(super) in_capitals: &'static str,
    pub(super) numeric: Option<u16>,
    pub(super) minor_units: Option<u8>,
    /// The first day without it.
    pub(super) withdrawn: Option<Date>,
    pub(super) name: &'static str,
}

/// The day from which on a code is withdrawn.
const fn from(year: i16, month: i8, day: i8) -> Option<Date> {
    Some(date(year, month, day))
}

currencies! {
    ADP, Some(20), Some(0), from(2003, 7, 1), "Andorran Peseta";
    AED, Some(784), Some(2), None, "UAE Dirham";
    AFA, Some(4), Some(2), from(2003, 1, 1), "Afghani";
    AFN, Some(971), Some(2), None, "Afghani";
    ALK, Some(8), None, from(1989, 12, 1), "Old Lek";
    ALL, Some(8), Some(2), None, "Lek";
    AMD, Some(51), Some(2), None, "Armenian Dram";
    ANG, Some(532), Some(2), from(2025, 3, 1), "Netherlands Antillean Guilder";
    AOA, Some(973), Some(2), None, "Kwanza";
    AOK, Some(24), None, from(1991, 3, 1), "Kwanza";
    AON, Some(24), None, from(2000, 2, 1), "New Kwanza";
    AOR, Some(982), None, from(2000, 2, 1), "Kwanza Reajustado";
    ARA, Some(32), None, from(1992, 1, 1), "Austral";
    ARP, Some(32), None, from(1985, 7, 1), "Peso Argentino";
    ARS, Some(32), Some(2), None, "Argentine Peso";
    ARY, Some(32), None, from(1989, 1, 1), "Peso";
    ATS, Some(40), Some(2), from(1999, 1, 1), "Schilling";
    AUD, Some(36), Some(2), None, "Australian Dollar";
    AWG, Some(533), Some(2), None, "Aruban Florin";
    AYM, Some(945), Some(2), from(2005, 10, 1), "Azerbaijan Manat";
    AZM, Some(31), Some(2), from(2005, 12, 1), "Azerbaijanian Manat";
    AZN, Some(944), Some(2), None, "Azerbaijan Manat";
    BAD, Some(70), None, from(1998, 7, 1), "Dinar";
    BAM, Some(977), Some(2), None, "Convertible Mark";
    BBD, Some(52), Some(2), None, "Barbados Dollar";
    BDT, Some(50), Some(2), None, "Taka";
    BEC, Some(993), None, from(1990, 3, 1), "Convertible Franc";
    BEF, Some(56), Some(0), from(1999, 1, 1), "Belgian Franc";
    BEL, Some(992), None, from(1990, 3, 1), "Financial Franc";
    BGJ, Some(100), None, from(1989, 1, 1), "Lev A/52";
    BGK, Some(100), None, from(1989, 1, 1), "Lev A/62";
    BGL, Some(100), Some(2), from(2003, 11, 1), "Lev";
    BGN, Some(975), Some(2), from(2026, 1, 1), "Bulgarian Lev";
    BHD, Some(48), Some(3), None, "Bahraini Dinar";
    BIF, Some(108), Some(0), None, "Burundi Franc";
    BMD, Some(60), Some(2), None, "Bermudian Dollar";
    BND, Some(96), Some(2), None, "Brunei Dollar";
    BOB, Some(68), Some(2), None, "Boliviano";
    BOP, Some(68), None, from(1987, 2, 1), "Peso boliviano";
    BOV, Some(984), Some(2), None, "Mvdol";
    BRB, Some(76), None, from(1986, 3, 1), "Cruzeiro";
    BRC, Some(76), None, from(1989, 2, 1), "Cruzado";
    BRE, Some(76), None, from(1993, 3, 1), "Cruzeiro";
    BRL, Some(986), Some(2), None, "Brazilian Real";
    BRN, Some(76), None, from(1990, 3, 1), "New Cruzado";
    BRR, Some(987), None, from(1994, 7, 1), "Cruzeiro Real";
    BSD, Some(44), Some(2), None, "Bahamian Dollar";
    BTN, Some(64), Some(2), None, "Ngultrum";
    BUK, Some(104), None, from(1990, 2, 1), "Kyat";
    BWP, Some(72), Some(2), None, "Pula";
    BYB, Some(112), Some(0), from(2001, 1, 1), "Belarusian Ruble";
    BYN, Some(933), Some(2), None, "Belarusian Ruble";
    BYR, Some(974), Some(0), from(2017, 1, 1), "Belarusian Ruble";
    BZD, Some(84), Some(2), None, "Belize Dollar";
    CAD, Some(124), Some(2), None, "Canadian Dollar";
    CDF, Some(976), Some(2), None, "Congolese Franc";
    CHC, Some(948), None, from(2004, 11, 1), "WIR Franc (for electronic)";
    CHE, Some(947), Some(2), None, "WIR Euro";
    CHF, Some(756), Some(2), None, "Swiss Franc";
    CHW, Some(948), Some(2), None, "WIR Franc";
    CLF, Some(990), Some(4), None, "Unidad de Fomento";
    CLP, Some(152), Some(0), None, "Chilean Peso";
    CNY, Some(156), Some(2), None, "Yuan Renminbi";
    COP, Some(170), Some(2), None, "Colombian Peso";
    COU, Some(970), Some(2), None, "Unidad de Valor Real";
    CRC, Some(188), Some(2), None, "Costa Rican Colon";
    CSD, Some(891), Some(2), from(2006, 10, 1), "Serbian Dinar";
    CSJ, Some(203), None, from(1989, 1, 1), "Krona A/53";
    CSK, Some(200), None, from(1993, 3, 1), "Koruna";
    CUC, Some(931), Some(2), from(2021, 6, 1), "Peso Convertible";
    CUP, Some(192), Some(2), None, "Cuban Peso";
    CVE, Some(132), Some(2), None, "Cabo Verde Escudo";
    CYP, Some(196), Some(2), from(2008, 1, 1), "Cyprus Pound";
    CZK, Some(203), Some(2), None, "Czech Koruna";
    DDM, Some(278), None, from(1990, 7, 1), "Mark der DDR";
    DEM, Some(276), Some(2), from(1999, 1, 1), "Deutsche Mark";
    DJF, Some(262), Some(0), None, "Djibouti Franc";
    DKK, Some(208), Some(2), None, "Danish Krone";
    DOP, Some(214), Some(2), None, "Dominican Peso";
    DZD, Some(12), Some(2), None, "Algerian Dinar";
    ECS, Some(218), None, from(2000, 9, 1), "Sucre";
    ECV, Some(983), None, from(2000, 9, 1), "Unidad de Valor Constante (UVC)";
    EEK, Some(233), Some(2), from(2011, 1, 1), "Kroon";
    EGP, Some(818), Some(2), None, "Egyptian Pound";
    ERN, Some(232), Some(2), None, "Nakfa";
    ESA, Some(996), None, from(1978, 1, 1), "Spanish Peseta";
    ESB, Some(995), None, from(1994, 12, 1), "\"A\" Account (convertible Peseta Account)";
    ESP, Some(724), Some(0), from(1999, 1, 1), "Spanish Peseta";
    ETB, Some(230), Some(2), None, "Ethiopian Birr";
    EUR, Some(978), Some(2), None, "Euro";
    FIM, Some(246), Some(2), from(1999, 1, 1), "Markka";
    FJD, Some(242), Some(2), None, "Fiji Dollar";
    FKP, Some(238), Some(2), None, "Falkland Islands Pound";
    FRF, Some(250), Some(2), from(1999, 1, 1), "French Franc";
    GBP, Some(826), Some(2), None, "Pound Sterling";
    GEK, Some(268), None, from(1995, 10, 1), "Georgian Coupon";
    GEL, Some(981), Some(2), None, "Lari";
    GHC, Some(288), Some(2), from(2008, 1, 1), "Cedi";
    GHP, Some(939), None, from(2007, 6, 1), "Ghana Cedi";
    GHS, Some(936), Some(2), None, "Ghana Cedi";
    GIP, Some(292), Some(2), None, "Gibraltar Pound";
    GMD, Some(270), Some(2), None, "Dalasi";
    GNE, Some(324), None, from(1989, 12, 1), "Syli";
    GNF, Some(324), Some(0), None, "Guinean Franc";
    GNS, Some(324), None, from(1986, 2, 1), "Syli";
    GQE, Some(226), None, from(1986, 6, 1), "Ekwele";
    GRD, Some(300), Some(0), from(2001, 1, 1), "Drachma";
    GTQ, Some(320), Some(2), None, "Quetzal";
    GWE, Some(624), None, from(1978, 1, 1), "Guinea Escudo";
    GWP, Some(624), Some(2), from(1997, 5, 1), "Guinea-Bissau Peso";
    GYD, Some(328), Some(2), None, "Guyana Dollar";
    HKD, Some(344), Some(2), None, "Hong Kong Dollar";
    HNL, Some(340), Some(2), None, "Lempira";
    HRD, Some(191), None, from(1995, 1, 1), "Croatian Dinar";
    HRK, Some(191), Some(2), from(2023, 1, 1), "Kuna";
    HTG, Some(332), Some(2), None, "Gourde";
    HUF, Some(348), Some(2), None, "Forint";
    IDR, Some(360), Some(2), None, "Rupiah";
    IEP, Some(372), Some(2), from(1999, 1, 1), "Irish Pound";
    ILP, Some(376), None, from(1978, 1, 1), "Pound";
    ILR, Some(376), None, from(1989, 1, 1), "Old Shekel";
    ILS, Some(376), Some(2), None, "New Israeli Sheqel";
    INR, Some(356), Some(2), None, "Indian Rupee";
    IQD, Some(368), Some(3), None, "Iraqi Dinar";
    IRR, Some(364), Some(2), None, "Iranian Rial";
    ISJ, Some(352), None, from(1989, 1, 1), "Old Krona";
    ISK, Some(352), Some(0), None, "Iceland Krona";
    ITL, Some(380), Some(0), from(1999, 1, 1), "Italian Lira";
    JMD, Some(388), Some(2), None, "Jamaican Dollar";
    JOD, Some(400), Some(3), None, "Jordanian Dinar";
    JPY, Some(392), Some(0), None, "Yen";
    KES, Some(404), Some(2), None, "Kenyan Shilling";
    KGS, Some(417), Some(2), None, "Som";
    KHR, Some(116), Some(2), None, "Riel";
    KMF, Some(174), Some(0), None, "Comorian Franc";
    KPW, Some(408), Some(2), None, "North Korean Won";
    KRW, Some(410), Some(0), None, "Won";
    KWD, Some(414), Some(3), None, "Kuwaiti Dinar";
    KYD, Some(136), Some(2), None, "Cayman Islands Dollar";
    KZT, Some(398), Some(2), None, "Tenge";
    LAJ, Some(418), None, from(1979, 12, 1), "Pathet Lao Kip";
    LAK, Some(418), Some(2), None, "Lao Kip";
    LBP, Some(422), Some(2), None, "Lebanese Pound";
    LKR, Some(144), Some(2), None, "Sri Lanka Rupee";
    LRD, Some(430), Some(2), None, "Liberian Dollar";
    LSL, Some(426), Some(2), None, "Loti";
    LSM, Some(426), None, from(1985, 5, 1), "Loti";
    LTL, Some(440), Some(2), from(2015, 1, 1), "Lithuanian Litas";
    LTT, Some(440), None, from(1993, 7, 1), "Talonas";
    LUC, Some(989), None, from(1990, 3, 1), "Luxembourg Convertible Franc";
    LUF, Some(442), Some(0), from(1999, 1, 1), "Luxembourg Franc";
    LUL, Some(988), None, from(1990, 3, 1), "Luxembourg Financial Franc";
    LVL, Some(428), Some(2), from(2014, 1, 1), "Latvian Lats";
    LVR, Some(428), None, from(1994, 12, 1), "Latvian Ruble";
    LYD, Some(434), Some(3), None, "Libyan Dinar";
    MAD, Some(504), Some(2), None, "Moroccan Dirham";
    MDL, Some(498), Some(2), None, "Moldovan Leu";
    MGA, Some(969), Some(2), None, "Malagasy Ariary";
    MGF, Some(450), Some(0), from(2004, 12, 1), "Malagasy Franc";
    MKD, Some(807), Some(2), None, "Denar";
    MLF, Some(466), None, from(1984, 11, 1), "Mali Franc";
    MMK, Some(104), Some(2), None, "Kyat";
    MNT, Some(496), Some(2), None, "Tugrik";
    MOP, Some(446), Some(2), None, "Pataca";
    MRO, Some(478), Some(2), from(2017, 12, 1), "Ouguiya";
    MRU, Some(929), Some(2), None, "Ouguiya";
    MTL, Some(470), Some(2), from(2008, 1, 1), "Maltese Lira";
    MTP, Some(470), None, from(1983, 6, 1), "Maltese Pound";
    MUR, Some(480), Some(2), None, "Mauritius Rupee";
    MVQ, Some(462), None, from(1989, 12, 1), "Maldive Rupee";
    MVR, Some(462), Some(2), None, "Rufiyaa";
    MWK, Some(454), Some(2), None, "Malawi Kwacha";
    MXN, Some(484), Some(2), None, "Mexican Peso";
    MXP, Some(484), None, from(1993, 1, 1), "Mexican Peso";
    MXV, Some(979), Some(2), None, "Mexican Unidad de Inversion (UDI)";
    MYR, Some(458), Some(2), None, "Malaysian Ringgit";
    MZE, Some(508), None, from(1978, 1, 1), "Mozambique Escudo";
    MZM, Some(508), Some(2), from(2006, 6, 1), "Mozambique Metical";
    MZN, Some(943), Some(2), None, "Mozambique Metical";
    NAD, Some(516), Some(2), None, "Namibia Dollar";
    NGN, Some(566), Some(2), None, "Naira";
    NIC, Some(558), None, from(1990, 10, 1), "Cordoba";
    NIO, Some(558), Some(2), None, "Cordoba Oro";
    NLG, Some(528), Some(2), from(1999, 1, 1), "Netherlands Guilder";
    NOK, Some(578), Some(2), None, "Norwegian Krone";
    NPR, Some(524), Some(2), None, "Nepalese Rupee";
    NZD, Some(554), Some(2), None, "New Zealand Dollar";
    OMR, Some(512), Some(3), None, "Rial Omani";
    PAB, Some(590), Some(2), None, "Balboa";
    PEH, Some(604), None, from(1989, 1, 1), "Sol";
    PEI, Some(604), None, from(1991, 7, 1), "Inti";
    PEN, Some(604), Some(2), None, "Sol";
    PES, Some(604), None, from(1986, 2, 1), "Sol";
    PGK, Some(598), Some(2), None, "Kina";
    PHP, Some(608), Some(2), None, "Philippine Peso";
    PKR, Some(586), Some(2), None, "Pakistan Rupee";
    PLN, Some(985), Some(2), None, "Zloty";
    PLZ, Some(616), None, from(1997, 1, 1), "Zloty";
    PTE, Some(620), Some(0), from(1999, 1, 1), "Portuguese Escudo";
    PYG, Some(600), Some(0), None, "Guarani";
    QAR, Some(634), Some(2), None, "Qatari Rial";
    RHD, Some(716), None, from(1978, 1, 1), "Rhodesian Dollar";
    ROK, Some(642), None, from(1989, 1, 1), "Leu A/52";
    ROL, Some(642), Some(0), from(2005, 6, 1), "Old Leu";
    RON, Some(946), Some(2), None, "Romanian Leu";
    RSD, Some(941), Some(2), None, "Serbian Dinar";
    RUB, Some(643), Some(2), None, "Russian Ruble";
    RUR, Some(810), Some(2), from(2004, 1, 1), "Russian Ruble";
    RWF, Some(646), Some(0), None, "Rwanda Franc";
    SAR, Some(682), Some(2), None, "Saudi Riyal";
    SBD, Some(90), Some(2), None, "Solomon Islands Dollar";
    SCR, Some(690), Some(2), None, "Seychelles Rupee";
    SDD, Some(736), Some(2), from(2007, 7, 1), "Sudanese Dinar";
    SDG, Some(938), Some(2), None, "Sudanese Pound";
    SDP, Some(736), None, from(1998, 6, 1), "Sudanese Pound";
    SEK, Some(752), Some(2), None, "Swedish Krona";
    SGD, Some(702), Some(2), None, "Singapore Dollar";
    SHP, Some(654), Some(2), None, "Saint Helena Pound";
    SIT, Some(705), Some(2), from(2007, 1, 1), "Tolar";
    SKK, Some(703), Some(2), from(2009, 1, 1), "Slovak Koruna";
    SLE, Some(925), Some(2), None, "Leone";
    SLL, Some(694), Some(2), from(2023, 12, 1), "Leone";
    SOS, Some(706), Some(2), None, "Somali Shilling";
    SRD, Some(968), Some(2), None, "Surinam Dollar";
    SRG, Some(740), Some(2), from(2003, 12, 1), "Surinam Guilder";
    SSP, Some(728), Some(2), None, "South Sudanese Pound";
    STD, Some(678), Some(2), from(2017, 12, 1), "Dobra";
    STN, Some(930), Some(2), None, "Dobra";
    SUR, Some(810), None, from(1990, 12, 1), "Rouble";
    SVC, Some(222), Some(2), None, "El Salvador Colon";
    SYP, Some(760), Some(2), None, "Syrian Pound";
    SZL, Some(748), Some(2), None, "Lilangeni";
    THB, Some(764), Some(2), None, "Baht";
    TJR, Some(762), None, from(2001, 4, 1), "Tajik Ruble";
    TJS, Some(972), Some(2), None, "Somoni";
    TMM, Some(795), Some(2), from(2009, 1, 1), "Turkmenistan Manat";
    TMT, Some(934), Some(2), None, "Turkmenistan New Manat";
    TND, Some(788), Some(3), None, "Tunisian Dinar";
    TOP, Some(776), Some(2), None, "Pa’anga";
    TPE, Some(626), Some(0), from(2002, 11, 1), "Timor Escudo";
    TRL, Some(792), Some(0), from(2005, 12, 1), "Old Turkish Lira";
    TRY, Some(949), Some(2), None, "Turkish Lira";
    TTD, Some(780), Some(2), None, "Trinidad and Tobago Dollar";
    TWD, Some(901), Some(2), None, "New Taiwan Dollar";
    TZS, Some(834), Some(2), None, "Tanzanian Shilling";
    UAH, Some(980), Some(2), None, "Hryvnia";
    UAK, Some(804), None, from(1996, 9, 1), "Karbovanet";
    UGS, Some(800), None, from(1987, 5, 1), "Uganda Shilling";
    UGW, Some(800), None, from(1989, 1, 1), "Old Shilling";
    UGX, Some(800), Some(0), None, "Uganda Shilling";
    USD, Some(840), Some(2), None, "US Dollar";
    USN, Some(997), Some(2), None, "US Dollar (Next day)";
    USS, Some(998), Some(2), from(2014, 3, 1), "US Dollar (Same day)";
    UYI, Some(940), Some(0), None, "Uruguay Peso en Unidades Indexadas (UI)";
    UYN, Some(858), None, from(1989, 12, 1), "Old Uruguay Peso";
    UYP, Some(858), None, from(1993, 3, 1), "Uruguayan Peso";
    UYU, Some(858), Some(2), None, "Peso Uruguayo";
    UYW, Some(927), Some(4), None, "Unidad Previsional";
    UZS, Some(860), Some(2), None, "Uzbekistan Sum";
    VEB, Some(862), Some(2), from(2008, 1, 1), "Bolivar";
    VED, Some(926), Some(2), None, "Bolívar Soberano";
    VEF, Some(937), Some(2), from(2018, 8, 1), "Bolívar";
    VES, Some(928), Some(2), None, "Bolívar Soberano";
    VNC, Some(704), None, from(1989, 1, 1), "Old Dong";
    VND, Some(704), Some(0), None, "Dong";
    VUV, Some(548), Some(0), None, "Vatu";
    WST, Some(882), Some(2), None, "Tala";
    XAD, Some(396), Some(2), None, "Arab Accounting Dinar";
    XAF, Some(950), Some(0), None, "CFA Franc BEAC";
    XAG, Some(961), None, None, "Silver";
    XAU, Some(959), None, None, "Gold";
    XBA, Some(955), None, None, "Bond Markets Unit European Composite Unit (EURCO)";
    XBB, Some(956), None, None, "Bond Markets Unit European Monetary Unit (E.M.U.-6)";
    XBC, Some(957), None, None, "Bond Markets Unit European Unit of Account 9 (E.U.A.-9)";
    XBD, Some(958), None, None, "Bond Markets Unit European Unit of Account 17 (E.U.A.-17)";
    XCD, Some(951), Some(2), None, "East Caribbean Dollar";
    XCG, Some(532), Some(2), None, "Caribbean Guilder";
    XDR, Some(960), None, None, "SDR (Special Drawing Right)";
    XEU, Some(954), None, from(1999, 1, 1), "European Currency Unit (E.C.U)";
    XFO, None, None, from(2006, 10, 1), "Gold-Franc";
    XFU, None, None, from(2013, 11, 1), "UIC-Franc";
    XOF, Some(952), Some(0), None, "CFA Franc BCEAO";
    XPD, Some(964), None, None, "Palladium";
    XPF, Some(953), Some(0), None, "CFP Franc";
    XPT, Some(962), None, None, "Platinum";
    XRE, None, None, from(1999, 11, 1), "RINET Funds Code";
    XSU, Some(994), None, None, "Sucre";
    XTS, Some(963), None, None, "Codes specifically reserved for testing purposes";
    XUA, Some(965), None, None, "ADB Unit of Account";
    XXX, Some(999), None, None, "The codes assigned for transactions where no currency is involved";
    YDD, Some(720), None, from(1991, 9, 1), "Yemeni Dinar";
    YER, Some(886), Some(2), None, "Yemeni Rial";
    YUD, Some(890), None, from(1990, 1, 1), "New Yugoslavian Dinar";
    YUM, Some(891), Some(2), from(2003, 7, 1), "New Dinar";
    YUN, Some(890), None, from(1995, 11, 1), "Yugoslavian Dinar";
    ZAL, Some(991), None, from(1995, 3, 1), "Financial Rand";
    ZAR, Some(710), Some(2), None, "Rand";
    ZMK, Some(894), Some(2), from(2012, 12, 1), "Zambian Kwacha";
    ZMW, Some(967), Some(2), None, "Zambian Kwacha";
    ZRN, Some(180), None, from(1999, 6, 1), "New Zaire";
    ZRZ, Some(180), None, from(1994, 2, 1), "Zaire";
    ZWC, Some(716), None, from(1989, 12, 1), "Rhodesian Dollar";
    ZWD, Some(716), Some(2), from(2008, 8, 1), "Zimbabwe Dollar";
    ZWG, Some(924), Some(2), None, "Zimbabwe Gold";
    ZWL, Some(932), Some(2), from(2024, 9, 1), "Zimbabwe Dollar";
    ZWN, Some(942), Some(2), from(2006, 9, 1), "Zimbabwe Dollar (new)";
    ZWR, Some(935), Some(2), from(2009, 6, 1), "Zimbabwe Dollar";
}
