package dev.symbolon.token;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7636; its example is in appendix B. */
@Tag("no-database")
class PkceTest {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    @Test
    void the_example_of_the_rfc_holds() {
        assertTrue(Pkce.isChallenge(CHALLENGE));
        assertTrue(Pkce.proves(Optional.of(VERIFIER), CHALLENGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK",
                "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                "",
                "short",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk=",
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n"
            })
    void any_other_verifier_proves_nothing(String verifier) {
        assertFalse(Pkce.proves(Optional.of(verifier), CHALLENGE));
    }

    @Test
    void a_verifier_is_needed_with_a_challenge_and_refused_without_one() {
        assertFalse(Pkce.proves(Optional.empty(), CHALLENGE));
        assertFalse(Pkce.proves(Optional.of(VERIFIER), null));
        assertTrue(Pkce.proves(Optional.empty(), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-c="})
    void what_is_no_sha_256_in_base64url_is_no_challenge(String text) {
        assertFalse(Pkce.isChallenge(text));
    }
}
