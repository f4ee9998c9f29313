import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

class VerifyCallback {
    /**
     * Whether a callback's body, or the query of a redirect, was signed with your X Signature key. Pass it as it came,
     * still encoded; the order and number of the parameters do not matter.
     */
    static boolean isGenuine(String encoded, String key) throws GeneralSecurityException {
        List<String> signatures = new ArrayList<>();
        List<String> elements = new ArrayList<>();
        for (String pair : encoded.split("&")) {
            String[] parts = pair.split("=", 2);
            String name = URLDecoder.decode(parts[0], UTF_8).replaceAll("[\\[\\]]", "");
            String value = parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "";
            if (name.endsWith("x_signature")) {
                signatures.add(value);
            } else {
                elements.add(name + value);
            }
        }
        Comparator<String> byBytes = (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
        elements.sort(
            Comparator.comparing((String element) -> element.toLowerCase(Locale.ROOT), byBytes).thenComparing(byBytes));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(String.join("|", elements).getBytes(UTF_8)));
        return signatures.size() == 1
            && MessageDigest.isEqual(signatures.get(0).getBytes(UTF_8), expected.getBytes(UTF_8));
    }

    // To try it: java verify-callback.java KEY < body
    public static void main(String[] args) throws Exception {
        String body = new String(System.in.readAllBytes(), UTF_8).trim();
        System.out.println(isGenuine(body, args[0]) ? "genuine" : "forged");
    }
}
