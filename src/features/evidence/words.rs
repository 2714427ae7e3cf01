//! Words of photos and videos.

crate::words::catalogue! {
    pick: "添加照片或视频", "Add photos or videos";
    pick_more: "继续添加", "Add more";
    pick_limits: "最多 {most} 个 · 照片 20 MB、视频 100 MB 以内", "Up to {most} · photos to 20 MB, videos to 100 MB";
    pick_full: "已选满 {most} 个", "That is all {most}";
    pick_again: "重新选择没有传完的文件", "Pick the unfinished files again";
    left_out: "最多 {most} 个，多出的 {n} 个没有添加。", "Up to {most}: {n} more were left out.";
    files: "已选的照片和视频", "Photos and videos so far";

    waiting: "等待上传", "Waiting";
    sending: "正在上传 {n}%", "Uploading, {n}%";
    pausing: "网络不稳，正在重试（已传 {n}%）", "The line is unsteady, trying again ({n}% done)";
    stopped: "没有传完（已传 {n}%）", "Not finished ({n}% done)";
    looking: "已传完，正在检查…", "All there, being checked…";
    checking: "正在确认上传进度…", "Checking how far it is…";
    missing: "已传 {n}%。请重新选择这个文件，会接着传。", "{n}% is there. Pick this file again and it goes on.";
    missing_all: "还没有上传这个文件，请重新选择，或移除它。", "None of it is here. Pick this file again, or remove it.";
    ready: "已上传", "Uploaded";
    go_on: "继续上传", "Go on";
    remove: "移除 {name}", "Remove {name}";
    progress: "{name} 的上传进度", "How much of {name} is uploaded";
    news_ready: "{name} 已上传。", "{name} is uploaded.";
    news_removed: "已移除 {name}。", "{name} was removed.";
    news_stopped: "{name} 没有传完。", "{name} was not uploaded.";

    unknown_type: "格式不支持。请换成 JPEG、PNG、WebP、HEIC 照片或 MP4 视频。", "This kind of file is not taken. Please use a JPEG, PNG, WebP or HEIC photo, or an MP4 video.";
    too_large: "文件太大。照片请在 20 MB 以内，视频请在 100 MB 以内。", "It is too large. Photos may have 20 MB, videos 100 MB.";
    too_many_pixels: "照片尺寸太大，请换一张或截图后再传。", "The photo has too many pixels. Please use another, or a screenshot of it.";
    too_long: "视频太长，请剪到 3 分钟以内。", "The video is too long. Please cut it to 3 minutes.";
    broken: "文件打不开，可能已损坏。请重新拍一张或换一个文件。", "It cannot be opened and may be damaged. Please take it again, or use another file.";
    not_supported: "这种编码的文件不支持，请用手机相机重新拍摄，或截图后再传。", "It is coded in a way that is not taken. Please take it again with your camera, or use a screenshot.";

    gallery: "照片和视频", "Photos and videos";
    photo: "照片 {n}", "Photo {n}";
    photo_full: "照片 {n}，放大", "Photo {n}, enlarged";
    video: "视频 {n}", "Video {n}";
    enlarge: "放大查看照片 {n}", "See photo {n} larger";
}

use orders_api::EvidenceRefusal;

impl Words {
    /// Why a file is not kept, and what to do.
    pub const fn refusal(&self, refusal: EvidenceRefusal) -> &'static str {
        match refusal {
            EvidenceRefusal::UnknownType => self.unknown_type,
            EvidenceRefusal::TooLarge => self.too_large,
            EvidenceRefusal::TooManyPixels => self.too_many_pixels,
            EvidenceRefusal::TooLong => self.too_long,
            EvidenceRefusal::Broken => self.broken,
            EvidenceRefusal::NotSupported => self.not_supported,
        }
    }
}
