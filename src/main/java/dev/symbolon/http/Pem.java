package dev.symbolon.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate chain and its private key as text (RFC 7468).
 *
 * @param chain the service's own certificate first
 * @param key PKCS #8, or PKCS #1 or SEC 1 as OpenSSL once wrote them; not encrypted
 */
record Pem(String chain, String key) {
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |EC |)PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA |EC |)PRIVATE KEY-----");
    private static final byte SEQUENCE = 0x30;
    private static final byte OCTET_STRING = 4;
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    /** @throws GeneralSecurityException with words of ours, never with any of the key, if they cannot be used */
    KeyStore keyStore() throws GeneralSecurityException {
        Certificate[] certificates = certificates();
        PrivateKey privateKey = privateKey(certificates[0].getPublicKey());
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("tls", privateKey, new char[0], certificates);
            return store;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read", e);
        }
    }

    private Certificate[] certificates() throws GeneralSecurityException {
        try {
            Collection<? extends Certificate> found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain.getBytes(ISO_8859_1)));
            if (!found.isEmpty()) {
                return found.toArray(Certificate[]::new);
            }
        } catch (GeneralSecurityException e) { // its words are of no use
        }
        throw new GeneralSecurityException("http.tls.certificate is no readable file with a certificate in PEM");
    }

    private PrivateKey privateKey(PublicKey certified) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(key);
        if (!matcher.find()) {
            throw new GeneralSecurityException(
                    "http.tls.private-key is no readable file with a private key in PEM that is not encrypted");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(2));
            byte[] pkcs8 = matcher.group(1).isEmpty() ? der : pkcs8(der, certified.getEncoded());
            PrivateKey privateKey =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (belongs(privateKey, certified)) {
                return privateKey;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) { // its words could have some of the key
        }
        throw new GeneralSecurityException("http.tls.private-key does not belong to http.tls.certificate");
    }

    private static boolean belongs(PrivateKey privateKey, PublicKey certified) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(certified.getAlgorithm(), "SHA256withRSA"));
        signature.initSign(privateKey);
        signature.update((byte) 0);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update((byte) 0);
        return signature.verify(signed);
    }

    /**
     * Both of the old forms are what PKCS #8 (RFC 5208) wraps, and the algorithm that it wants beside them, curve
     * included, is in the certificate: the first member of its SubjectPublicKeyInfo.
     */
    private static byte[] pkcs8(byte[] old, byte[] publicKeyInfo) {
        byte[] algorithm = firstMember(publicKeyInfo);
        byte[] version = {2, 1, 0};
        return der(SEQUENCE, concat(version, concat(algorithm, der(OCTET_STRING, old))));
    }

    private static byte[] firstMember(byte[] sequence) {
        int start = content(sequence, 0);
        int content = content(sequence, start);
        return Arrays.copyOfRange(sequence, start, content + sequence[start + 1]);
    }

    /** Where the content of the element at that place begins. */
    private static int content(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static byte[] der(byte tag, byte[] content) {
        byte low = (byte) content.length;
        byte[] start = content.length < 0x80
                ? new byte[] {tag, low}
                : content.length < 0x100
                        ? new byte[] {tag, (byte) 0x81, low}
                        : new byte[] {tag, (byte) 0x82, (byte) (content.length >> 8), low};
        return concat(start, content);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "Pem[***]";
    }
}
