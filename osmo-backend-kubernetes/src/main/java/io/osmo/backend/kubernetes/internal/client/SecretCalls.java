// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.osmo.backend.error.CloudException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls that send a Secret, and shows none of its credentials: the cluster, or an admission webhook in it, may quote what it refuses.
 */
public final class SecretCalls {
    /** A text that is shorter is found by chance. */
    private static final int SHORTEST_QUOTE = 4;

    private static final Pattern CREDENTIAL = Pattern.compile("\"(?:auth|password)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private SecretCalls() {}

    /**
     * @param sent what is sent; an object of another kind has nothing to hide
     * @throws CloudException as {@link KubernetesCalls#call}, without the message if that quotes the data of the Secret
     */
    public static <T> T call(String operation, HasMetadata sent, Supplier<T> call) {
        try {
            return KubernetesCalls.call(operation, call);
        } catch (CloudException refused) {
            String said = String.valueOf(refused.getMessage());
            boolean quotes = credentials(sent)
                    .filter(text -> text.length() >= SHORTEST_QUOTE)
                    .anyMatch(said::contains);
            throw quotes ? withoutMessage(refused) : refused;
        }
    }

    /** Its cause has the text too. */
    private static CloudException withoutMessage(CloudException refused) {
        CloudException.Builder other = CloudException.builder(refused.error(), refused.operation())
                .code(refused.code())
                .message("the answer quotes the credential, so it is not shown")
                .remedy(refused.remedy());
        refused.patience().ifPresent(other::patience);
        return other.build();
    }

    private static Stream<String> credentials(HasMetadata sent) {
        if (sent instanceof Secret secret) {
            return Stream.concat(
                    values(secret.getData()).flatMap(SecretCalls::encoded),
                    values(secret.getStringData()).flatMap(SecretCalls::plain));
        }
        if (sent instanceof GenericKubernetesResource generic
                && "Secret".equals(generic.getKind())
                && "v1".equals(generic.getApiVersion())) {
            return Stream.concat(
                    values(generic.getAdditionalProperties().get("data")).flatMap(SecretCalls::encoded),
                    values(generic.getAdditionalProperties().get("stringData")).flatMap(SecretCalls::plain));
        }
        return Stream.empty();
    }

    private static Stream<String> values(@Nullable Object data) {
        return data instanceof Map<?, ?> map
                ? map.values().stream().filter(Objects::nonNull).map(Object::toString)
                : Stream.empty();
    }

    private static Stream<String> plain(String text) {
        return spellings(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)), text);
    }

    private static Stream<String> encoded(String data) {
        try {
            return spellings(data, new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException noBase64) {
            return Stream.of(data);
        }
    }

    /** As it is sent, as it is, and what of the configuration of a registry is secret. */
    private static Stream<String> spellings(String encoded, String plain) {
        return Stream.concat(
                Stream.of(encoded, plain),
                CREDENTIAL
                        .matcher(plain)
                        .results()
                        .flatMap(found ->
                                Stream.of(found.group(1), found.group(1).replaceAll("\\\\(.)", "$1"))));
    }
}
