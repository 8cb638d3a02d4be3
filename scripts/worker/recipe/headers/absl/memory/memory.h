// Abseil's make_unique is the standard's since C++14.
#pragma once
#include <memory>

namespace absl
{
	using std::make_unique;
} // namespace absl
