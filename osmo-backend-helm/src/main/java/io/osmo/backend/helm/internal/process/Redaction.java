// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.helm.internal.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Removes the credentials of a kubeconfig from a text, should Helm or a chart quote them. */
final class Redaction {
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?:token|password|client-key-data)\"?\\s*:\\s*[\"']?([^\\s\"',}]{4,})");

    private final List<String> credentials = new ArrayList<>();

    Redaction(@Nullable String kubeconfig) {
        Matcher matcher = CREDENTIAL.matcher(kubeconfig == null ? "" : kubeconfig);
        while (matcher.find()) {
            credentials.add(matcher.group(1));
        }
    }

    String of(String text) {
        String redacted = text;
        for (String credential : credentials) {
            redacted = redacted.replace(credential, "…");
        }
        return redacted;
    }
}
