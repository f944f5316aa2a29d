#include "runtime/options.h"

#include <cerrno>
#include <cstdlib>

#include "runtime/check.h"

namespace weft {
namespace {

/** Arguments, taken one by one: "--name value", "--name=value" or "-n value". */
class Arguments {
 public:
  explicit Arguments(const std::vector<std::string>& all) : all_(all) {}

  /** The next option; false at the end. */
  bool next() {
    if (at_ == all_.size()) return false;
    name_ = all_[at_++];
    const std::size_t equals = name_.find('=');
    has_value_ = name_.size() > 2 && name_[0] == '-' && equals != std::string::npos;
    value_ = has_value_ ? name_.substr(equals + 1) : "";
    if (has_value_) name_.resize(equals);
    return true;
  }

  bool is(const char* name, const char* short_name = "") const {
    return name_ == name || name_ == short_name;
  }

  bool flag() const {
    if (has_value_) throw CommandLineError(name_ + " takes no value");
    return true;
  }

  const std::string& text() {
    if (!has_value_) {
      if (at_ == all_.size()) throw CommandLineError(name_ + " needs a value");
      value_ = all_[at_++];
      has_value_ = true;
    }
    if (value_.empty()) throw CommandLineError(name_ + " needs a value that is not empty");
    return value_;
  }

  unsigned long long whole(unsigned long long least, unsigned long long most) {
    const char* const digits = text().c_str();
    char* end = nullptr;
    errno = 0;
    const unsigned long long number = std::strtoull(digits, &end, 10);
    if (*digits < '0' || *digits > '9' || *end != '\0' || errno != 0 || number < least || number > most)
      throw CommandLineError(
        format("%s takes a whole number from %llu to %llu, not %s", name_.c_str(), least, most, digits)
      );
    return number;
  }

  double seconds() {
    char* end = nullptr;
    const double number = std::strtod(text().c_str(), &end);
    if (*end != '\0' || !(number > 0 && number <= 1e6))
      throw CommandLineError(format("%s takes a number of seconds, not %s", name_.c_str(), value_.c_str()));
    return number;
  }

  const std::string& name() const { return name_; }

 private:
  const std::vector<std::string>& all_;
  std::size_t at_ = 0;
  std::string name_;
  std::string value_;
  bool has_value_ = false;
};

constexpr unsigned long long kMostIterations = 1'000'000;

}  // namespace

Options Options::parse(const std::vector<std::string>& given) {
  Options options;
  Arguments arguments(given);
  while (arguments.next()) {
    if (arguments.is("--warmup", "-w"))
      options.warm_up = static_cast<int>(arguments.whole(0, kMostIterations));
    else if (arguments.is("--iterations", "-n"))
      options.iterations = static_cast<int>(arguments.whole(1, kMostIterations));
    else if (arguments.is("--validate"))
      options.validate = arguments.flag();
    else if (arguments.is("--graph"))
      options.graph = arguments.flag();
    else if (arguments.is("--register"))
      options.register_buffers = arguments.flag();
    else if (arguments.is("--timeout"))
      options.timeout_seconds = arguments.seconds();
    else if (arguments.is("--data"))
      options.data = arguments.text();
    else if (arguments.is("--checkpoints"))
      options.checkpoints = arguments.text();
    else if (arguments.is("--json"))
      options.json = arguments.text();
    else if (arguments.is("--seed"))
      options.seed = arguments.whole(0, ~0ULL);
    else if (arguments.is("--help", "-h"))
      options.help = arguments.flag();
    else
      throw CommandLineError("unknown option " + arguments.name());
  }
  return options;
}

}  // namespace weft
