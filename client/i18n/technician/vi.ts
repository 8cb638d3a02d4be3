/** Vietnamese of the technician page. */
export const technician = {
  title: 'Các điểm cầu',
  search: 'Tìm điểm cầu',
  columns: {
    order: 'TT',
    name: 'Điểm cầu',
    kind: 'Loại',
    status: 'Trạng thái',
    since: 'Từ lúc',
    camera: 'Camera',
    microphone: 'Micrô',
    link: 'Đường dẫn',
  },
  copy: 'Sao chép',
  copied: 'Đã chép',
  copyFailed: 'Không chép được, hãy chọn và chép bằng tay.',
  noLinks: 'Chưa lấy được đường dẫn, hệ thống đang tự thử lại.',
  copyOf: (name: string) => `Sao chép đường dẫn của ${name}`,
  copyAll: 'Sao chép tất cả',
};
