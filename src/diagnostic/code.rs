//! The stable codes: every kind of fault that the program tells.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a fault matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// Worth mending; the site is published.
    Warning,
    /// The site is not published.
    Error,
}

impl Level {
    /// The level as the program writes it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What a code is about. `site.yaml` and `allow` can change the checks, but not what a record's shape, its references
/// and people's privacy rest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// Bytes, YAML, front matter and the shape of records.
    Syntax,
    /// References between records, files, links and addresses.
    Reference,
    /// The theme's own files.
    Theme,
    /// Administrative procedures and their documents.
    Procedure,
    /// Feedback statistics.
    Statistics,
    /// Mobilization reports.
    Report,
    /// Contacts.
    Contact,
    /// Personal data.
    Privacy,
    /// Completeness and age.
    Freshness,
}

impl Group {
    /// Whether `site.yaml` and `allow` may change the level of this group's codes.
    pub fn is_adjustable(self) -> bool {
        !matches!(self, Group::Syntax | Group::Reference | Group::Theme | Group::Privacy)
    }
}

macro_rules! codes {
    ($($group:ident { $($variant:ident $name:literal $level:ident,)* })*) => {
        /// A kind of fault, named once and for good.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $($(
            #[doc = concat!("`", $name, "`")]
            $variant,
        )*)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Code] = &[$($(Code::$variant,)*)*];

            /// The code as people and programs see it.
            pub fn name(self) -> &'static str {
                match self { $($(Code::$variant => $name,)*)* }
            }

            /// The level it has where `site.yaml` says nothing.
            pub fn level(self) -> Level {
                match self { $($(Code::$variant => Level::$level,)*)* }
            }

            /// What it is about.
            pub fn group(self) -> Group {
                match self { $($(Code::$variant => Group::$group,)*)* }
            }
        }
    };
}

codes! {
    Syntax {
        InvalidUtf8 "invalid-utf8" Error,
        YamlSyntax "yaml-syntax" Error,
        YamlTab "yaml-tab" Error,
        YamlAlias "yaml-alias" Error,
        YamlLimit "yaml-limit" Error,
        YamlDuplicateKey "yaml-duplicate-key" Error,
        FrontMatter "front-matter" Error,
        UnknownKey "unknown-key" Error,
        MissingKey "missing-key" Error,
        WrongType "wrong-type" Error,
        InvalidValue "invalid-value" Error,
        InvalidDate "invalid-date" Error,
        OutOfRange "out-of-range" Error,
        InvalidId "invalid-id" Error,
        InvalidCode "invalid-code" Error,
        InvalidSymbol "invalid-symbol" Error,
        InvalidPhone "invalid-phone" Error,
        InvalidEmail "invalid-email" Error,
        InvalidUrl "invalid-url" Error,
        BidiControl "bidi-control" Error,
        UnknownKind "unknown-kind" Error,
    }
    Reference {
        UnknownReference "unknown-reference" Error,
        DuplicateId "duplicate-id" Error,
        DuplicateCode "duplicate-code" Error,
        DuplicateSymbol "duplicate-symbol" Error,
        RouteCollision "route-collision" Error,
        ReferenceCycle "reference-cycle" Error,
        AmbiguousReference "ambiguous-reference" Error,
        InvalidOverlay "invalid-overlay" Error,
        MissingFile "missing-file" Error,
        ForbiddenFile "forbidden-file" Error,
        RawHtml "raw-html" Error,
        UnsafeLink "unsafe-link" Error,
        BrokenLink "broken-link" Error,
        BrokenAnchor "broken-anchor" Error,
        NotNormalised "not-normalised" Warning,
        ImageWithoutAlt "image-without-alt" Warning,
        FieldSpelling "field-spelling" Warning,
    }
    Theme {
        Theme "theme" Error,
    }
    Procedure {
        OnlineChannelWithoutUrl "online-channel-without-url" Error,
        AbolishedWithoutDecision "abolished-without-decision" Error,
        FullOnlineWithoutChannel "full-online-without-channel" Warning,
        ExpiredLegalBasis "expired-legal-basis" Warning,
        UnverifiedDocument "unverified-document" Warning,
        AbolishedStillLinked "abolished-still-linked" Warning,
        FeeWithoutBasis "fee-without-basis" Warning,
        StepsLongerThanTotal "steps-longer-than-total" Warning,
        AsksForAbolishedPaper "asks-for-abolished-paper" Warning,
        VagueDocument "vague-document" Warning,
        AllCapsTitle "all-caps-title" Warning,
        AgencyDissolved "agency-dissolved" Warning,
        ImplausibleAmount "implausible-amount" Warning,
        ImplausibleDuration "implausible-duration" Warning,
    }
    Statistics {
        Balance "balance" Error,
        CarryOver "carry-over" Error,
        BreakdownSum "breakdown-sum" Error,
        PeriodReversed "period-reversed" Error,
        PeriodOverlap "period-overlap" Error,
        ZeroWithoutReport "zero-without-report" Error,
        SumOfParts "sum-of-parts" Error,
        MoreThanResolved "more-than-resolved" Error,
        PeriodGap "period-gap" Warning,
        ReportLate "report-late" Warning,
        LongSilence "long-silence" Warning,
    }
    Report {
        RelativePeriod "relative-period" Error,
        UnknownLimitation "unknown-limitation" Error,
        TaskDropped "task-dropped" Warning,
        TaskOverdue "task-overdue" Warning,
        LimitationWithoutTask "limitation-without-task" Warning,
        NoLimitations "no-limitations" Warning,
        FigureDiffers "figure-differs" Warning,
    }
    Contact {
        TopicWithoutContact "topic-without-contact" Error,
        ContactUnreachable "contact-unreachable" Error,
        ContactUntested "contact-untested" Warning,
        PrivateAddress "private-address" Warning,
        ObsoleteDistrict "obsolete-district" Warning,
        ReceptionMissing "reception-missing" Warning,
    }
    Privacy {
        PersonalId "personal-id" Error,
        DossierCode "dossier-code" Error,
        PersonalPhone "personal-phone" Error,
        PersonalEmail "personal-email" Error,
        SmallCell "small-cell" Warning,
    }
    Freshness {
        IncompleteRecord "incomplete-record" Warning,
        AllowanceExpired "allowance-expired" Warning,
        ReviewOverdue "review-overdue" Warning,
        PageVanished "page-vanished" Warning,
        DeadLink "dead-link" Warning,
    }
}

impl Code {
    /// The code with this name.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
