// SPDX-License-Identifier: Apache-2.0
// What libphonenumber says of numbers: the truth that number_parse is held to.
//   oracle: lines of region, TAB, text to lines of text, status, E.164, calling code, region, possible, valid, type;
//           the same bytes as `unspoof number --strict --with-region` gives
//   oracle --time N: reads all lines first, works through them N times, and prints the nanoseconds a number takes,
//           one line for each time (see bench/)
#include <phonenumbers/phonenumber.pb.h>
#include <phonenumbers/phonenumberutil.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

struct Question {
  std::string region, text;
};

struct Answer {
  PhoneNumberUtil::ErrorType error = PhoneNumberUtil::NOT_A_NUMBER;
  std::string e164, region;
  int code = 0;
  bool possible = false, valid = false;
  PhoneNumberUtil::PhoneNumberType type = PhoneNumberUtil::UNKNOWN;
};

const char *StatusName(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR: return "OK";
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR: return "INVALID_COUNTRY_CODE";
    case PhoneNumberUtil::NOT_A_NUMBER: return "NOT_A_NUMBER";
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD: return "TOO_SHORT_AFTER_IDD";
    case PhoneNumberUtil::TOO_SHORT_NSN: return "TOO_SHORT_NSN";
    case PhoneNumberUtil::TOO_LONG_NSN: return "TOO_LONG_NSN";
  }
  return "?";
}

const char *TypeName(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE: return "FIXED_LINE";
    case PhoneNumberUtil::MOBILE: return "MOBILE";
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE: return "FIXED_LINE_OR_MOBILE";
    case PhoneNumberUtil::TOLL_FREE: return "TOLL_FREE";
    case PhoneNumberUtil::PREMIUM_RATE: return "PREMIUM_RATE";
    case PhoneNumberUtil::SHARED_COST: return "SHARED_COST";
    case PhoneNumberUtil::VOIP: return "VOIP";
    case PhoneNumberUtil::PERSONAL_NUMBER: return "PERSONAL_NUMBER";
    case PhoneNumberUtil::PAGER: return "PAGER";
    case PhoneNumberUtil::UAN: return "UAN";
    case PhoneNumberUtil::VOICEMAIL: return "VOICEMAIL";
    default: return "UNKNOWN";
  }
}

// A line may hold any byte but its end.
bool ReadLine(std::string *line) {
  static char *data = nullptr;
  static size_t capacity = 0;
  const ssize_t got = getline(&data, &capacity, stdin);
  if (got <= 0) return false;
  line->assign(data, static_cast<size_t>(got) - (data[got - 1] == '\n'));
  return true;
}

bool ReadQuestion(Question *question) {
  std::string line;
  if (!ReadLine(&line)) return false;
  const size_t tab = line.find('\t');
  question->region = line.substr(0, tab);
  question->text = tab == std::string::npos ? "" : line.substr(tab + 1);
  return true;
}

void Ask(const PhoneNumberUtil &util, const Question &question, Answer *answer) {
  PhoneNumber number;
  answer->error = util.Parse(question.text, question.region, &number);
  if (answer->error != PhoneNumberUtil::NO_PARSING_ERROR) return;
  util.Format(number, PhoneNumberUtil::E164, &answer->e164);
  util.GetRegionCodeForNumber(number, &answer->region);
  answer->code = number.country_code();
  answer->possible = util.IsPossibleNumber(number);
  answer->valid = util.IsValidNumber(number);
  answer->type = util.GetNumberType(number);
}

int AnswerAll(const PhoneNumberUtil &util) {
  Question question;
  std::string line;
  while (ReadQuestion(&question)) {
    Answer answer;
    Ask(util, question, &answer);
    line = question.text + '\t' + StatusName(answer.error) + '\t' + answer.e164 + '\t' + std::to_string(answer.code) + '\t' +
           answer.region + '\t' + (answer.possible ? '1' : '0') + '\t' + (answer.valid ? '1' : '0') + '\t' +
           TypeName(answer.type) + '\n';
    fwrite(line.data(), 1, line.size(), stdout);
  }
  return fflush(stdout) != 0 || ferror(stdin);
}

// Regular expressions are compiled when they are first used, so the first pass is not counted.
int TimeAll(const PhoneNumberUtil &util, long times) {
  std::vector<Question> questions;
  for (Question question; ReadQuestion(&question);) questions.push_back(question);
  if (questions.empty()) return 1;
  for (long pass = 0; pass <= times; pass++) {
    unsigned long long sum = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const Question &question : questions) {
      Answer answer;
      Ask(util, question, &answer);
      sum += answer.e164.size() + answer.possible + answer.valid + answer.type;
    }
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    if (pass > 0) printf("%.1f\n", taken.count() / static_cast<double>(questions.size()));
    if (sum == 0) return 1;
    fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char **argv) {
  const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
  if (argc == 3 && !strcmp(argv[1], "--time")) return TimeAll(util, strtol(argv[2], nullptr, 10));
  if (argc == 1) return AnswerAll(util);
  fprintf(stderr, "usage: oracle [--time N]\n");
  return 2;
}
