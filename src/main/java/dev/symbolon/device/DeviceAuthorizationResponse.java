package dev.symbolon.device;

import dev.symbolon.token.DeviceCodes;

/** RFC 8628 section 3.2. {@code expires_in} and {@code interval} are in seconds. */
public record DeviceAuthorizationResponse(
        String deviceCode,
        String userCode,
        String verificationUri,
        String verificationUriComplete,
        long expiresIn,
        long interval) {

    public static DeviceAuthorizationResponse of(String issuer, DeviceCodes.Begun begun) {
        String uri = issuer + "/device";
        String userCode = begun.userCode().shown();
        return new DeviceAuthorizationResponse(
                begun.deviceCode(),
                userCode,
                uri,
                uri + "?user_code=" + userCode,
                begun.lifetime().toSeconds(),
                begun.interval().toSeconds());
    }

    /** Never the codes. */
    @Override
    public String toString() {
        return "DeviceAuthorizationResponse";
    }
}
