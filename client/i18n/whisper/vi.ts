import type { Whisperer } from '../../../server/protocol/whisper.ts';

/** Vietnamese of the private voice link between the office and one point, and of the line check. */
export const whisper = {
  start: 'Nói riêng',
  startHint: 'Nói riêng với điểm cầu này, hội nghị không nghe thấy',
  stop: 'Thôi nói riêng',
  by: { secretary: 'Thư ký', technician: 'Kỹ thuật' } satisfies Record<Whisperer, string>,
  taken: (by: string) => `${by} đang nói riêng với điểm cầu này.`,
  busy: (name: string) => `Đang nói riêng với ${name}. Hãy kết thúc trước.`,
  asking: 'Đang mở micrô…',
  connecting: (name: string) => `Đang nối với ${name}…`,
  on: (name: string) => `Đang nói riêng với ${name}`,
  onDetail: 'Hội nghị không nghe thấy.',
  ended: (name: string) => `Đã kết thúc nói riêng với ${name}.`,
  noMicrophone: 'Máy này không có micrô hoặc trình duyệt không được dùng micrô.',
  atSite: 'Phòng điều hành đang nói riêng với điểm cầu này',
  atSiteDetail: 'Hội nghị không nghe thấy.',
  checking: 'Đang tự động kiểm tra đường truyền',
  checkingDetail: 'Sẽ có một hồi chuông ngắn.',
  check: {
    again: 'Kiểm tra lại',
    progress: (done: string, all: string) => `Kiểm tra ${done}/${all}`,
    underWay: (done: string, all: string) => `Đang kiểm tra ${done}/${all}`,
    label: 'Kiểm tra đường truyền các điểm cầu',
    all: (count: string) => `Kiểm tra tất cả (${count})`,
    listed: (count: string) => `Kiểm tra các điểm cầu đang lọc (${count})`,
    missing: (count: string) => `Kiểm tra những điểm cầu chưa đạt (${count})`,
    nobody: 'Không có điểm cầu nào đang kết nối.',
  },
};
