import type { DeviceState } from '../../server/protocol/wire.ts';
import type { DeviceTrouble } from '../media/devices.ts';
import { chair } from './chair/vi.ts';
import { kiosk } from './kiosk/vi.ts';
import { planning } from './planning/vi.ts';
import { technician } from './technician/vi.ts';
import { wall } from './wall/vi.ts';
import { whisper } from './whisper/vi.ts';

/** Vietnamese, the first language: its shape is what every other language must have. */
export const vi = {
  language: { own: 'Tiếng Việt', switchTo: 'English', switchHint: 'Chuyển sang tiếng Anh' },
  theme: { toLight: 'Chuyển sang giao diện sáng', toDark: 'Chuyển sang giao diện tối' },
  dialog: { cancel: 'Không', close: 'Đóng', keys: 'Phím tắt' },
  surface: {
    kiosk: 'Điểm cầu',
    chair: 'Bàn điều hành',
    wall: 'Màn hình tổng',
    technician: 'Kỹ thuật',
    planning: 'Chuẩn bị hội nghị',
  },
  phase: {
    scheduled: 'Chưa mở',
    gathering: 'Đang tập hợp',
    inSession: 'Đang họp',
    recess: 'Giải lao',
    closed: 'Đã kết thúc',
  },
  seat: {
    expected: 'Chưa kết nối',
    connected: 'Đã kết nối',
    lost: 'Mất kết nối',
    excused: 'Vắng có lý do',
  },
  kind: {
    province: 'Tỉnh',
    city: 'Thành phố',
    partyCommittee: 'Đảng ủy',
    centralBody: 'Cơ quan Trung ương',
  },
  link: {
    connecting: 'Đang kết nối…',
    live: 'Đã kết nối',
    lost: 'Đang kết nối lại…',
    lostDetail: 'Đường truyền tạm gián đoạn. Hệ thống đang tự kết nối lại, không cần thao tác.',
    refused: 'Đường dẫn không còn hiệu lực',
    refusedDetail:
      'Máy chủ chưa chấp nhận đường dẫn này. Đề nghị liên hệ bộ phận kỹ thuật để lấy đường dẫn mới.',
    noPass: 'Thiếu mã vào',
    noPassDetail: 'Đường dẫn này không có mã vào. Đề nghị mở đúng đường dẫn được cấp.',
  },
  control: {
    paused:
      'Điều khiển tạm dừng: hình và tiếng vẫn tiếp tục. Hệ thống đang tự khôi phục việc nhận lệnh.',
    regressed:
      'Điều khiển tạm dừng: một phần lệnh đã nhận bị mất. Đang chờ bộ phận kỹ thuật xác nhận để họp tiếp.',
  },
  putOut: {
    evicted: 'Đã mở ở thiết bị khác',
    evictedDetail:
      'Vị trí này vừa được mở trên một thiết bị khác nên thiết bị này đã ngừng phát. Nhấn phím bất kỳ để lấy lại vị trí.',
    tooManyCommands: 'Đã tạm ngắt',
    tooManyCommandsDetail:
      'Thiết bị này gửi quá nhiều lệnh nên đã bị ngắt. Nhấn phím bất kỳ để vào lại.',
    passRevoked: 'Đường dẫn đã bị thu hồi',
    passRevokedDetail:
      'Đường dẫn này đã bị thu hồi. Đề nghị liên hệ bộ phận kỹ thuật để lấy đường dẫn mới.',
    takeBack: 'Lấy lại vị trí',
    comeBack: 'Vào lại',
  },
  sound: {
    blocked: 'Chạm vào màn hình hoặc nhấn phím bất kỳ để nghe',
    silence: 'Tắt loa',
    unsilence: 'Bật loa',
  },
  device: {
    camera: {
      missing: 'Không thấy camera. Đề nghị kiểm tra dây cắm.',
      busy: 'Camera đang bị chương trình khác sử dụng. Đề nghị đóng chương trình đó.',
      denied:
        'Trình duyệt chưa được phép dùng camera. Bấm vào biểu tượng camera trên thanh địa chỉ.',
      insecure: 'Trình duyệt chỉ cho dùng camera trên đường dẫn an toàn (https).',
    } satisfies Record<DeviceTrouble, string>,
    microphone: {
      missing: 'Không thấy micrô. Đề nghị kiểm tra dây cắm.',
      busy: 'Micrô đang bị chương trình khác sử dụng. Đề nghị đóng chương trình đó.',
      denied: 'Trình duyệt chưa được phép dùng micrô. Bấm vào biểu tượng micrô trên thanh địa chỉ.',
      insecure: 'Trình duyệt chỉ cho dùng micrô trên đường dẫn an toàn (https).',
    } satisfies Record<DeviceTrouble, string>,
    retrying: 'Hệ thống tự thử lại.',
    short: {
      live: 'Tốt',
      missing: 'Không thấy',
      busy: 'Bị chiếm',
      denied: 'Chưa cho phép',
      insecure: 'Thiếu https',
    } satisfies Record<DeviceState, string>,
    noPicture: 'Không có hình',
  },
  stage: {
    own: 'Hình của điểm cầu này',
    speaking: 'Đang phát biểu',
    chair: 'Chủ trì',
    presenting: (name: string) => `Tài liệu trình chiếu: ${name}`,
    next: 'Tiếp theo',
    waiting: 'Đang chờ hình…',
    lost: 'Mất kết nối',
    absent: 'Chưa kết nối',
  },
  kiosk,
  chair,
  wall,
  technician,
  whisper,
  planning,
};

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : { readonly [K in keyof T]: Widened<T[K]> };

/** All texts for people. A language that lacks one does not compile. */
export type Text = Widened<typeof vi>;
