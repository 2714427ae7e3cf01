//! Where the bytes of photos and videos are: in a folder, or in S3. Nothing else knows which.
//!
//! `incoming/ID/NAME` is a piece of an upload, `kept/ID` a file that was cleaned.

use std::fmt;
use std::io::{self, SeekFrom};
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    GetOptions, GetRange, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig,
};
use orders_domain::EvidenceId;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

pub use axum::body::Bytes;

/// The most bytes of a file that are in memory while it is written: no part of an S3 upload but the last may have less.
const PART_BYTES: usize = 5 * 1024 * 1024;
/// How many bytes of a file are read at a time.
const READ_BYTES: u64 = 64 * 1024;
/// How long S3 is tried again: shorter than a shopper waits.
const RETRY: Duration = Duration::from_secs(15);

/// The object store.
#[derive(Clone)]
pub struct Files {
    objects: Arc<dyn ObjectStore>,
}

impl Files {
    /// Opens `place`: `s3://BUCKET/PREFIX`, with the usual `AWS_…` variables for everything else, or a folder, which is
    /// created when it is missing.
    ///
    /// # Errors
    /// When the folder cannot be created, or something is missing that S3 needs.
    pub fn open(place: &str) -> io::Result<Self> {
        let objects: Arc<dyn ObjectStore> = match place.strip_prefix("s3://") {
            Some(rest) => {
                let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
                if bucket.is_empty() {
                    return Err(io::Error::other("s3:// needs the name of a bucket"));
                }
                let retry = RetryConfig {
                    max_retries: 5,
                    retry_timeout: RETRY,
                    ..RetryConfig::default()
                };
                let bucket = AmazonS3Builder::from_env()
                    .with_bucket_name(bucket)
                    .with_retry(retry)
                    // Not everything that speaks like S3 deletes many at once.
                    .with_disable_bulk_delete(true)
                    .build()?;
                Arc::new(PrefixStore::new(bucket, prefix))
            }
            None if place.is_empty() || place.contains("://") => {
                return Err(io::Error::other("it is a folder, or s3://BUCKET/PREFIX"));
            }
            None => {
                std::fs::create_dir_all(place)?;
                let folder = LocalFileSystem::new_with_prefix(place)?
                    .with_automatic_cleanup(true)
                    .with_fsync(true);
                Arc::new(folder)
            }
        };
        Ok(Self { objects })
    }

    /// Keeps a piece of an upload.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put_piece(&self, id: &EvidenceId, name: &str, bytes: Bytes) -> io::Result<()> {
        let payload = PutPayload::from_bytes(bytes);
        self.objects.put(&piece(id, name), payload).await?;
        Ok(())
    }

    /// Deletes a piece that did not count.
    ///
    /// # Errors
    /// When it cannot be deleted.
    pub async fn drop_piece(&self, id: &EvidenceId, name: &str) -> io::Result<()> {
        self.delete(&piece(id, name)).await
    }

    /// Writes the pieces of these names to `whole`, one after the other, and says how many bytes that were.
    ///
    /// # Errors
    /// When one is missing, or reading or writing fails.
    pub async fn gather(
        &self,
        id: &EvidenceId,
        names: &[String],
        whole: &mut File,
    ) -> io::Result<u64> {
        let mut length = 0;
        for name in names {
            let bytes = self.objects.get(&piece(id, name)).await?.bytes().await?;
            whole.write_all(&bytes).await?;
            length += bytes.len() as u64;
        }
        whole.flush().await?;
        Ok(length)
    }

    /// Keeps `file`, from its beginning: all of it or nothing.
    ///
    /// # Errors
    /// When reading or writing fails.
    pub async fn keep(&self, id: &EvidenceId, mut file: File) -> io::Result<()> {
        let length = file.metadata().await?.len();
        file.seek(SeekFrom::Start(0)).await?;
        let objects = Arc::clone(&self.objects);
        let mut writer =
            BufWriter::with_capacity(objects, kept(id), PART_BYTES).with_max_concurrency(1);
        let mut rest = file.take(length);
        let copied = async {
            while let Some((bytes, more)) = next_bytes(rest).await? {
                writer.put(bytes).await?;
                rest = more;
            }
            io::Result::Ok(())
        };
        if let Err(error) = copied.await {
            // What is left of it costs room and nothing else; why it failed matters more.
            let _left = writer.abort().await;
            return Err(error);
        }
        writer.shutdown().await
    }

    /// The bytes of a kept file within `range`, as they are read.
    ///
    /// # Errors
    /// When it is not there, or cannot be read.
    pub async fn read(
        &self,
        id: &EvidenceId,
        range: Range<u64>,
    ) -> io::Result<BoxStream<'static, io::Result<Bytes>>> {
        let options = GetOptions {
            range: Some(GetRange::Bounded(range)),
            ..GetOptions::default()
        };
        let found = self.objects.get_opts(&kept(id), options).await?;
        let range = found.range.clone();
        match found.payload {
            GetResultPayload::File(file, _) => {
                let mut file = File::from_std(file);
                file.seek(SeekFrom::Start(range.start)).await?;
                let rest = file.take(range.end - range.start);
                Ok(stream::try_unfold(rest, next_bytes).boxed())
            }
            GetResultPayload::Stream(bytes) => Ok(bytes.map_err(io::Error::from).boxed()),
        }
    }

    /// Deletes the pieces of an upload, also those that did not count.
    ///
    /// # Errors
    /// When they cannot be listed or deleted.
    pub async fn forget_pieces(&self, id: &EvidenceId) -> io::Result<()> {
        let folder = Path::from_iter(["incoming", id.as_str()]);
        let pieces = self.objects.list(Some(&folder));
        let pieces = pieces.map_ok(|piece| piece.location).boxed();
        let mut deleted = self.objects.delete_stream(pieces);
        while let Some(piece) = deleted.next().await {
            if let Err(error) = piece {
                unless_gone(error)?;
            }
        }
        Ok(())
    }

    /// Deletes everything of an upload.
    ///
    /// # Errors
    /// When it cannot be listed or deleted.
    pub async fn forget(&self, id: &EvidenceId) -> io::Result<()> {
        self.forget_pieces(id).await?;
        self.delete(&kept(id)).await
    }

    /// The uploads of which there are pieces.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub async fn incoming(&self) -> io::Result<Vec<EvidenceId>> {
        let folder = Path::from("incoming");
        let found = self.objects.list_with_delimiter(Some(&folder)).await?;
        let ids = found.common_prefixes.iter();
        Ok(ids
            .filter_map(|path| path.filename().map(EvidenceId::from))
            .collect())
    }

    async fn delete(&self, path: &Path) -> io::Result<()> {
        match self.objects.delete(path).await {
            Ok(()) => Ok(()),
            Err(error) => unless_gone(error),
        }
    }
}

/// What is to be deleted and is not there is deleted.
fn unless_gone(error: object_store::Error) -> io::Result<()> {
    match error {
        object_store::Error::NotFound { .. } => Ok(()),
        error => Err(error.into()),
    }
}

fn piece(id: &EvidenceId, name: &str) -> Path {
    Path::from_iter(["incoming", id.as_str(), name])
}

fn kept(id: &EvidenceId) -> Path {
    Path::from_iter(["kept", id.as_str()])
}

async fn next_bytes(
    mut file: tokio::io::Take<File>,
) -> io::Result<Option<(Bytes, tokio::io::Take<File>)>> {
    let size = usize::try_from(file.limit().min(READ_BYTES)).map_err(io::Error::other)?;
    if size == 0 {
        return Ok(None);
    }
    let mut bytes = vec![0; size];
    let read = file.read(&mut bytes).await?;
    if read == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    bytes.truncate(read);
    Ok(Some((Bytes::from(bytes), file)))
}

impl fmt::Debug for Files {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Files({})", self.objects)
    }
}
