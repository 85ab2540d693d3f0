//! ISO 4217's list, a row a currency.
//!
//! Source: list one (currencies, funds and precious metals) as published on 2026-01-01 by the
//! maintenance agency, SIX: 178 codes. Among them are the codes withdrawn since 2021 (list three),
//! because files of exchange rates and contracts of their time name them.

use super::currency::Status::{Current, Withdrawn};

/// Declares the codes, their constants and their table from one list.
macro_rules! currencies {
    ($($code:ident, $numeric:literal, $minor:expr, $status:ident, $name:literal;)*) => {
        /// A code of the list; its place is its row.
        #[expect(clippy::upper_case_acronyms, reason = "ISO's codes are written so")]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
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
            numeric: $numeric,
            minor_units: $minor,
            status: $status,
            name: $name,
        }),*];
    };
}

/// What ISO 4217 says of a currency.
pub(super) struct Row {
    pub(super) currency: super::Currency,
    pub(super) code: &'static str,
    pub(super) numeric: u16,
    pub(super) minor_units: Option<u8>,
    pub(super) status: super::currency::Status,
    pub(super) name: &'static str,
}

currencies! {
    AED, 784, Some(2), Current, "UAE Dirham";
    AFN, 971, Some(2), Current, "Afghani";
    ALL, 8, Some(2), Current, "Lek";
    AMD, 51, Some(2), Current, "Armenian Dram";
    ANG, 532, Some(2), Withdrawn, "Netherlands Antillean Guilder";
    AOA, 973, Some(2), Current, "Kwanza";
    ARS, 32, Some(2), Current, "Argentine Peso";
    AUD, 36, Some(2), Current, "Australian Dollar";
    AWG, 533, Some(2), Current, "Aruban Florin";
    AZN, 944, Some(2), Current, "Azerbaijan Manat";
    BAM, 977, Some(2), Current, "Convertible Mark";
    BBD, 52, Some(2), Current, "Barbados Dollar";
    BDT, 50, Some(2), Current, "Taka";
    BGN, 975, Some(2), Withdrawn, "Bulgarian Lev";
    BHD, 48, Some(3), Current, "Bahraini Dinar";
    BIF, 108, Some(0), Current, "Burundi Franc";
    BMD, 60, Some(2), Current, "Bermudian Dollar";
    BND, 96, Some(2), Current, "Brunei Dollar";
    BOB, 68, Some(2), Current, "Boliviano";
    BOV, 984, Some(2), Current, "Mvdol";
    BRL, 986, Some(2), Current, "Brazilian Real";
    BSD, 44, Some(2), Current, "Bahamian Dollar";
    BTN, 64, Some(2), Current, "Ngultrum";
    BWP, 72, Some(2), Current, "Pula";
    BYN, 933, Some(2), Current, "Belarusian Ruble";
    BZD, 84, Some(2), Current, "Belize Dollar";
    CAD, 124, Some(2), Current, "Canadian Dollar";
    CDF, 976, Some(2), Current, "Congolese Franc";
    CHE, 947, Some(2), Current, "WIR Euro";
    CHF, 756, Some(2), Current, "Swiss Franc";
    CHW, 948, Some(2), Current, "WIR Franc";
    CLF, 990, Some(4), Current, "Unidad de Fomento";
    CLP, 152, Some(0), Current, "Chilean Peso";
    CNY, 156, Some(2), Current, "Yuan Renminbi";
    COP, 170, Some(2), Current, "Colombian Peso";
    COU, 970, Some(2), Current, "Unidad de Valor Real";
    CRC, 188, Some(2), Current, "Costa Rican Colon";
    CUC, 931, Some(2), Withdrawn, "Peso Convertible";
    CUP, 192, Some(2), Current, "Cuban Peso";
    CVE, 132, Some(2), Current, "Cabo Verde Escudo";
    CZK, 203, Some(2), Current, "Czech Koruna";
    DJF, 262, Some(0), Current, "Djibouti Franc";
    DKK, 208, Some(2), Current, "Danish Krone";
    DOP, 214, Some(2), Current, "Dominican Peso";
    DZD, 12, Some(2), Current, "Algerian Dinar";
    EGP, 818, Some(2), Current, "Egyptian Pound";
    ERN, 232, Some(2), Current, "Nakfa";
    ETB, 230, Some(2), Current, "Ethiopian Birr";
    EUR, 978, Some(2), Current, "Euro";
    FJD, 242, Some(2), Current, "Fiji Dollar";
    FKP, 238, Some(2), Current, "Falkland Islands Pound";
    GBP, 826, Some(2), Current, "Pound Sterling";
    GEL, 981, Some(2), Current, "Lari";
    GHS, 936, Some(2), Current, "Ghana Cedi";
    GIP, 292, Some(2), Current, "Gibraltar Pound";
    GMD, 270, Some(2), Current, "Dalasi";
    GNF, 324, Some(0), Current, "Guinean Franc";
    GTQ, 320, Some(2), Current, "Quetzal";
    GYD, 328, Some(2), Current, "Guyana Dollar";
    HKD, 344, Some(2), Current, "Hong Kong Dollar";
    HNL, 340, Some(2), Current, "Lempira";
    HRK, 191, Some(2), Withdrawn, "Kuna";
    HTG, 332, Some(2), Current, "Gourde";
    HUF, 348, Some(2), Current, "Forint";
    IDR, 360, Some(2), Current, "Rupiah";
    ILS, 376, Some(2), Current, "New Israeli Sheqel";
    INR, 356, Some(2), Current, "Indian Rupee";
    IQD, 368, Some(3), Current, "Iraqi Dinar";
    IRR, 364, Some(2), Current, "Iranian Rial";
    ISK, 352, Some(0), Current, "Iceland Krona";
    JMD, 388, Some(2), Current, "Jamaican Dollar";
    JOD, 400, Some(3), Current, "Jordanian Dinar";
    JPY, 392, Some(0), Current, "Yen";
    KES, 404, Some(2), Current, "Kenyan Shilling";
    KGS, 417, Some(2), Current, "Som";
    KHR, 116, Some(2), Current, "Riel";
    KMF, 174, Some(0), Current, "Comorian Franc";
    KPW, 408, Some(2), Current, "North Korean Won";
    KRW, 410, Some(0), Current, "Won";
    KWD, 414, Some(3), Current, "Kuwaiti Dinar";
    KYD, 136, Some(2), Current, "Cayman Islands Dollar";
    KZT, 398, Some(2), Current, "Tenge";
    LAK, 418, Some(2), Current, "Lao Kip";
    LBP, 422, Some(2), Current, "Lebanese Pound";
    LKR, 144, Some(2), Current, "Sri Lanka Rupee";
    LRD, 430, Some(2), Current, "Liberian Dollar";
    LSL, 426, Some(2), Current, "Loti";
    LYD, 434, Some(3), Current, "Libyan Dinar";
    MAD, 504, Some(2), Current, "Moroccan Dirham";
    MDL, 498, Some(2), Current, "Moldovan Leu";
    MGA, 969, Some(2), Current, "Malagasy Ariary";
    MKD, 807, Some(2), Current, "Denar";
    MMK, 104, Some(2), Current, "Kyat";
    MNT, 496, Some(2), Current, "Tugrik";
    MOP, 446, Some(2), Current, "Pataca";
    MRU, 929, Some(2), Current, "Ouguiya";
    MUR, 480, Some(2), Current, "Mauritius Rupee";
    MVR, 462, Some(2), Current, "Rufiyaa";
    MWK, 454, Some(2), Current, "Malawi Kwacha";
    MXN, 484, Some(2), Current, "Mexican Peso";
    MXV, 979, Some(2), Current, "Mexican Unidad de Inversion (UDI)";
    MYR, 458, Some(2), Current, "Malaysian Ringgit";
    MZN, 943, Some(2), Current, "Mozambique Metical";
    NAD, 516, Some(2), Current, "Namibia Dollar";
    NGN, 566, Some(2), Current, "Naira";
    NIO, 558, Some(2), Current, "Cordoba Oro";
    NOK, 578, Some(2), Current, "Norwegian Krone";
    NPR, 524, Some(2), Current, "Nepalese Rupee";
    NZD, 554, Some(2), Current, "New Zealand Dollar";
    OMR, 512, Some(3), Current, "Rial Omani";
    PAB, 590, Some(2), Current, "Balboa";
    PEN, 604, Some(2), Current, "Sol";
    PGK, 598, Some(2), Current, "Kina";
    PHP, 608, Some(2), Current, "Philippine Peso";
    PKR, 586, Some(2), Current, "Pakistan Rupee";
    PLN, 985, Some(2), Current, "Zloty";
    PYG, 600, Some(0), Current, "Guarani";
    QAR, 634, Some(2), Current, "Qatari Rial";
    RON, 946, Some(2), Current, "Romanian Leu";
    RSD, 941, Some(2), Current, "Serbian Dinar";
    RUB, 643, Some(2), Current, "Russian Ruble";
    RWF, 646, Some(0), Current, "Rwanda Franc";
    SAR, 682, Some(2), Current, "Saudi Riyal";
    SBD, 90, Some(2), Current, "Solomon Islands Dollar";
    SCR, 690, Some(2), Current, "Seychelles Rupee";
    SDG, 938, Some(2), Current, "Sudanese Pound";
    SEK, 752, Some(2), Current, "Swedish Krona";
    SGD, 702, Some(2), Current, "Singapore Dollar";
    SHP, 654, Some(2), Current, "Saint Helena Pound";
    SLE, 925, Some(2), Current, "Leone";
    SLL, 694, Some(2), Withdrawn, "Leone";
    SOS, 706, Some(2), Current, "Somali Shilling";
    SRD, 968, Some(2), Current, "Surinam Dollar";
    SSP, 728, Some(2), Current, "South Sudanese Pound";
    STN, 930, Some(2), Current, "Dobra";
    SVC, 222, Some(2), Current, "El Salvador Colon";
    SYP, 760, Some(2), Current, "Syrian Pound";
    SZL, 748, Some(2), Current, "Lilangeni";
    THB, 764, Some(2), Current, "Baht";
    TJS, 972, Some(2), Current, "Somoni";
    TMT, 934, Some(2), Current, "Turkmenistan New Manat";
    TND, 788, Some(3), Current, "Tunisian Dinar";
    TOP, 776, Some(2), Current, "Pa’anga";
    TRY, 949, Some(2), Current, "Turkish Lira";
    TTD, 780, Some(2), Current, "Trinidad and Tobago Dollar";
    TWD, 901, Some(2), Current, "New Taiwan Dollar";
    TZS, 834, Some(2), Current, "Tanzanian Shilling";
    UAH, 980, Some(2), Current, "Hryvnia";
    UGX, 800, Some(0), Current, "Uganda Shilling";
    USD, 840, Some(2), Current, "US Dollar";
    USN, 997, Some(2), Current, "US Dollar (Next day)";
    UYI, 940, Some(0), Current, "Uruguay Peso en Unidades Indexadas (UI)";
    UYU, 858, Some(2), Current, "Peso Uruguayo";
    UYW, 927, Some(4), Current, "Unidad Previsional";
    UZS, 860, Some(2), Current, "Uzbekistan Sum";
    VED, 926, Some(2), Current, "Bolívar Soberano";
    VES, 928, Some(2), Current, "Bolívar Soberano";
    VND, 704, Some(0), Current, "Dong";
    VUV, 548, Some(0), Current, "Vatu";
    WST, 882, Some(2), Current, "Tala";
    XAD, 396, Some(2), Current, "Arab Accounting Dinar";
    XAF, 950, Some(0), Current, "CFA Franc BEAC";
    XAG, 961, None, Current, "Silver";
    XAU, 959, None, Current, "Gold";
    XBA, 955, None, Current, "Bond Markets Unit European Composite Unit (EURCO)";
    XBB, 956, None, Current, "Bond Markets Unit European Monetary Unit (E.M.U.-6)";
    XBC, 957, None, Current, "Bond Markets Unit European Unit of Account 9 (E.U.A.-9)";
    XBD, 958, None, Current, "Bond Markets Unit European Unit of Account 17 (E.U.A.-17)";
    XCD, 951, Some(2), Current, "East Caribbean Dollar";
    XCG, 532, Some(2), Current, "Caribbean Guilder";
    XDR, 960, None, Current, "SDR (Special Drawing Right)";
    XOF, 952, Some(0), Current, "CFA Franc BCEAO";
    XPD, 964, None, Current, "Palladium";
    XPF, 953, Some(0), Current, "CFP Franc";
    XPT, 962, None, Current, "Platinum";
    XSU, 994, None, Current, "Sucre";
    XTS, 963, None, Current, "Codes specifically reserved for testing purposes";
    XUA, 965, None, Current, "ADB Unit of Account";
    XXX, 999, None, Current, "The codes assigned for transactions where no currency is involved";
    YER, 886, Some(2), Current, "Yemeni Rial";
    ZAR, 710, Some(2), Current, "Rand";
    ZMW, 967, Some(2), Current, "Zambian Kwacha";
    ZWG, 924, Some(2), Current, "Zimbabwe Gold";
    ZWL, 932, Some(2), Withdrawn, "Zimbabwe Dollar";
}
