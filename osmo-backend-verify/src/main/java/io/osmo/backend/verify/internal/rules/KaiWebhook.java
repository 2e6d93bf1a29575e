// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.rules;

import java.util.regex.Pattern;

/** Recognizes a refusal by KAI's admission webhook, through which every pod for KAI goes. */
public final class KaiWebhook {
    private static final Pattern REFUSAL = Pattern.compile("(?is).*\\bwebhook\\b.*\\bkai\\b.*");

    private KaiWebhook() {}

    /** Whether this error of the API server is such a refusal. */
    public static boolean refused(String message) {
        return REFUSAL.matcher(message).matches();
    }
}
