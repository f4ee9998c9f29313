require 'openssl'
require 'uri'

# Whether a callback's body, or the query of a redirect, was signed with your X Signature key. Pass it as it came, still
# encoded: request.raw_post or request.query_string; the order and number of the parameters do not matter.
def genuine?(encoded, key)
  params = URI.decode_www_form(encoded, Encoding::UTF_8).map { |name, value| [name.delete('[]'), value] }
  signatures, others = params.partition { |name, _| name.end_with?('x_signature') }
  elements = others.map(&:join).sort_by { |element| [element.downcase.b, element.b] }
  expected = OpenSSL::HMAC.hexdigest('SHA256', key, elements.join('|'))
  given = signatures.first&.last.to_s
  signatures.length == 1 && given.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(given, expected)
rescue ArgumentError
  false
end

# To try it: ruby verify-callback.rb KEY < body
puts genuine?($stdin.read.strip, ARGV.fetch(0)) ? 'genuine' : 'forged' if $PROGRAM_NAME == __FILE__
