//! Tables for people.

use comfy_table::{CellAlignment, LineStyle, Table, TableStyle};

/// A rule under the header, and nothing else.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// A column: its header and its cells.
pub type Column = (String, Vec<String>);

/// A table of columns as long as the first, which holds texts; the others hold numbers.
pub fn table(columns: &[Column]) -> String {
    let rows = columns.first().map_or(0, |(_, cells)| cells.len());
    let row = |at| columns.iter().map(move |(_, cells)| cells.get(at).cloned().unwrap_or_default());
    let mut table = Table::new();
    table.load_style(STYLE).set_header(columns.iter().map(|(header, _)| header));
    table.add_rows((0..rows).map(row));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}
