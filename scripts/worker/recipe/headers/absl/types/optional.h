// Abseil's optional is the standard's since C++17; libwebrtc asks for no more.
#pragma once
#include <optional>

namespace absl
{
	using std::make_optional;
	using std::nullopt;
	using std::nullopt_t;
	using std::optional;
} // namespace absl
