//! Files: read alike on any number of partitions, and refused where they are corrupt.

use crate::support::{add_table, batch, rows, session};
use datafusion::{
    arrow::array::{ArrayRef, UInt32Array, UInt64Array},
    error::Result,
};
use std::{fs, path::Path, sync::Arc};

const SQL: &str = "SELECT customer, sum_cost('egress', bytes) FROM flows \
                   GROUP BY customer ORDER BY customer";

async fn write(folder: &Path) {
    let memory = session(1);
    let customers: ArrayRef = Arc::new(UInt32Array::from_iter_values((0..5_000).map(|n| n % 13)));
    let bytes: ArrayRef = Arc::new(UInt64Array::from_iter_values((0..5_000).map(|n| n * n * 7)));
    let all = batch(vec![("customer", customers), ("bytes", bytes)]);
    let parts = (0..5).map(|part| all.slice(part * 1_000, 1_000)).collect();
    add_table(&memory, "flows", parts);
    for part in 0..5 {
        let flows = memory.table("flows").await.unwrap();
        let path = folder.join(format!("{part}.parquet"));
        flows.write_parquet(path.to_str().unwrap(), Default::default(), None).await.unwrap();
    }
}

#[tokio::test]
async fn answers_alike_on_any_number_of_partitions() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path()).await;
    let mut answers = Vec::new();
    for partitions in [1, 2, 7, 64] {
        let context = session(partitions);
        let path = folder.path().to_str().unwrap();
        context.register_parquet("flows", path, Default::default()).await.unwrap();
        answers.push(rows(&context, SQL).await.unwrap());
    }
    assert_eq!(answers[0].len(), 13);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
}

async fn answer(folder: &Path) -> Result<Vec<String>> {
    let context = session(2);
    let path = folder.to_str().unwrap();
    context.register_parquet("flows", path, Default::default()).await?;
    rows(&context, SQL).await
}

#[tokio::test]
async fn refuses_corrupt_files() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path()).await;
    let file = folder.path().join("3.parquet");
    let whole = fs::read(&file).unwrap();
    for length in [whole.len() - 1, whole.len() / 2, 11] {
        fs::write(&file, &whole[..length]).unwrap();
        let error = answer(folder.path()).await.unwrap_err().to_string();
        assert!(error.contains("Invalid Parquet file. Corrupt footer"), "{error}");
    }
    // What stands before its first page.
    let mut broken = whole.clone();
    broken[4..60].fill(0xff);
    fs::write(&file, &broken).unwrap();
    let error = answer(folder.path()).await.unwrap_err().to_string();
    assert!(error.contains("Parquet error"), "{error}");

    fs::write(&file, &whole).unwrap();
    assert_eq!(answer(folder.path()).await.unwrap().len(), 13);
}
