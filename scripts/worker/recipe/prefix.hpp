// Precompiled once and put before every unit: the headers that cost most.
#pragma once
#include <algorithm>
#include <array>
#include <bitset>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <ostream>
#include <random>
#include <ranges>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include <absl/memory/memory.h>
#include <absl/types/optional.h>
#include <ankerl/unordered_dense.h>
#include <arpa/inet.h>
#include <flatbuffers/flatbuffers.h>
#include <openssl/ssl.h>
#include <srtp.h>
#include <uv.h>

#include "FBS/message.h"
#include "FBS/notification.h"
#include "FBS/request.h"
#include "FBS/response.h"

// Inline functions in these name the class that their first reader sets.
#define MS_CLASS "prefix"
#include "common.hpp"
#include "Logger.hpp"
#include "Utils.hpp"
#include "RTC/Transport.hpp"
#undef MS_CLASS
