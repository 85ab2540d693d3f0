//! The arguments that say how a file of traffic is written, the same for each report.

use bandwidth_cost::{CsvLayout, CsvUnit, TimeFormat};
use lexopt::{Parser, ValueExt};
use std::error::Error;

/// The lines about these arguments in a program's usage.
#[macro_export]
macro_rules! layout_usage {
    () => {
        "\
How the file is written:
  --time NAME        the column of the times, which is `time` else
  --unix             times are seconds since 1970, not as in 2025-01-01T00:00:00Z
  --value NAME=UNIT  the column of the values, and their unit: bits, bytes, volume (3 GB), bps,
                     bytes/s or rate (80 Mbps)
  --separator CHAR   the character between cells, or `tab` or `space`; a comma else
  --decimal-comma    numbers are written 1500,5"
    };
}

const UNITS: [(&str, CsvUnit); 6] = [
    ("bits", CsvUnit::Bits),
    ("bytes", CsvUnit::Bytes),
    ("volume", CsvUnit::Volume),
    ("bps", CsvUnit::Bps),
    ("bytes/s", CsvUnit::BytesPerSecond),
    ("rate", CsvUnit::Rate),
];

/// What the arguments say so far.
#[derive(Debug, Clone, Default)]
pub struct LayoutArgs {
    time: Option<String>,
    unix: bool,
    value: Option<(String, CsvUnit)>,
    separator: Option<u8>,
    decimal_comma: bool,
}

impl LayoutArgs {
    /// Returns whether a long argument is one of these.
    #[must_use]
    pub fn has(name: &str) -> bool {
        ["time", "unix", "value", "separator", "decimal-comma"].contains(&name)
    }

    /// Takes one of these arguments, whose value the parser gives.
    ///
    /// # Errors
    ///
    /// The value is missing or says nothing that is known.
    pub fn take(&mut self, name: &str, parser: &mut Parser) -> Result<(), Box<dyn Error>> {
        match name {
            "time" => self.time = Some(parser.value()?.string()?),
            "unix" => self.unix = true,
            "value" => self.value = Some(value(&parser.value()?.string()?)?),
            "separator" => self.separator = Some(separator(&parser.value()?.string()?)?),
            _ => self.decimal_comma = true,
        }
        Ok(())
    }

    /// Returns whether one of the arguments was given.
    #[must_use]
    pub fn is_given(&self) -> bool {
        let Self { time, unix, value, separator, decimal_comma } = self;
        time.is_some() || *unix || value.is_some() || separator.is_some() || *decimal_comma
    }

    /// Returns whether the column of the values was given.
    #[must_use]
    pub fn has_value(&self) -> bool {
        self.value.is_some()
    }

    /// Returns the layout that the arguments describe.
    #[must_use]
    pub fn layout(&self) -> CsvLayout {
        let format = if self.unix { TimeFormat::UnixSeconds } else { TimeFormat::Rfc3339 };
        let mut layout = CsvLayout::new().time(self.time.as_deref().unwrap_or("time"), format);
        if let Some((name, unit)) = &self.value {
            layout = layout.value(name, *unit);
        }
        if let Some(separator) = self.separator {
            layout = layout.separator(separator);
        }
        if self.decimal_comma { layout.decimal_comma() } else { layout }
    }
}

fn value(text: &str) -> Result<(String, CsvUnit), Box<dyn Error>> {
    let known = text.rsplit_once('=').and_then(|(name, unit)| {
        let (_, unit) = UNITS.into_iter().find(|(known, _)| *known == unit)?;
        Some((name.to_owned(), unit))
    });
    known.ok_or_else(|| {
        let units = UNITS.map(|(unit, _)| unit).join(", ");
        format!("invalid value `{text}`: pass a column and its unit, such as traffic=bytes; units are {units}").into()
    })
}

fn separator(text: &str) -> Result<u8, Box<dyn Error>> {
    match (text, text.as_bytes()) {
        ("tab" | "\\t", _) => Ok(b'\t'),
        ("space", _) => Ok(b' '),
        (_, &[byte]) if byte.is_ascii() => Ok(byte),
        _ => {
            Err(format!("invalid separator `{text}`: pass one character, `tab` or `space`").into())
        }
    }
}
