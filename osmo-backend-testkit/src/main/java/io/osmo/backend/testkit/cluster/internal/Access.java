// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.cluster.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.cluster.internal.Kinds.Kind;
import java.util.Set;
import java.util.TreeSet;

/** What clients may do: all that is not denied. */
public final class Access {
    private final Set<String> denied = new TreeSet<>();

    /** @param resource such as {@code secrets}, {@code deployments.apps} or {@code pods/eviction} */
    public void deny(String verb, String resource) {
        denied.add(verb + " " + resource);
    }

    void check(String verb, Target target) {
        Kind kind = target.kind();
        String named = target.isEviction() ? target.resource() : kind.plural();
        if (denied.contains(verb + " " + target.resource())) {
            throw new ApiError(
                    403,
                    "Forbidden",
                    target.resource() + " is forbidden: User \"emulated\" cannot " + verb + " resource \"" + named
                            + "\" in API group \"" + kind.group() + "\" at the cluster scope");
        }
    }

    /** Answers an access review. */
    Answer review(ObjectNode review) {
        JsonNode wanted = review.at("/spec/resourceAttributes");
        String group = wanted.path("group").asText("");
        String resource = wanted.path("resource").asText("");
        String subresource = wanted.path("subresource").asText("");
        String qualified = (group.isEmpty() ? resource : resource + "." + group)
                + (subresource.isEmpty() ? "" : "/" + subresource);
        // No chart gives the account of a workload all rights.
        boolean everything = review.at("/spec/user").asText("").startsWith("system:serviceaccount:")
                && wanted.path("verb").asText().equals("*");
        boolean allowed = !everything && !denied.contains(wanted.path("verb").asText() + " " + qualified);
        review.putObject("status").put("allowed", allowed);
        return new Answer(201, review);
    }
}
