// Abseil's string_view is the standard's since C++17.
#pragma once
#include <string_view>

namespace absl
{
	using std::string_view;
} // namespace absl
