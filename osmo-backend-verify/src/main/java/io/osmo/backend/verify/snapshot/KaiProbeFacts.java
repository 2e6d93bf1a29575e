// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

import io.osmo.backend.cluster.Fact;
import java.util.regex.Pattern;

/**
 * Whether KAI gave a pod a place among the nodes of a pool, in a queue of its own.
 *
 * @param name the pool
 * @param refusal what KAI or its webhook said when it did not; empty when the pod ran; unknown when the pool had no room, or the pod could not
 *     be made or did not run once it had a place
 */
public record KaiProbeFacts(String name, Fact<String> refusal) {
    private static final Pattern WEBHOOK = Pattern.compile("(?is).*\\bwebhook\\b.*\\bkai\\b.*");

    /** Whether these words of the API server say that a webhook of KAI, which every pod for KAI goes through, let none in. */
    public static boolean namesWebhook(String said) {
        return WEBHOOK.matcher(said).matches();
    }

    @Override
    public String toString() {
        return "pool/" + name;
    }
}
