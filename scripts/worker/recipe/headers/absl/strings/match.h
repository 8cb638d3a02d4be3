// Abseil's prefix test is a member of the standard's string_view since C++20.
#pragma once
#include <string_view>

namespace absl
{
	inline bool StartsWith(std::string_view text, std::string_view prefix)
	{
		return text.starts_with(prefix);
	}
} // namespace absl
