/** Vietnamese of the wall page. */
export const wall = {
  here: 'Kết nối',
  lost: 'Mất',
  absent: 'Vắng',
  onAir: 'ĐANG PHÁT',
  since: (time: string) => `từ ${time}`,
  noPicture: 'Không có hình',
};
