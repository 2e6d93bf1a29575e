// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.probe;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What probes do in a cluster beyond reading a snapshot. */
enum Right {
    CREATE_NAMESPACES("namespaces", "create"),
    LIST_NAMESPACES("namespaces", "list"),
    DELETE_NAMESPACES("namespaces", "delete"),
    CREATE_PODS("pods", "create"),
    LIST_PODS("pods", "list"),
    CREATE_CLAIMS("persistentvolumeclaims", "create"),
    CREATE_SECRETS("secrets", "create"),
    LIST_EVENTS("events", "list"),
    CREATE_QUEUES("scheduling.run.ai", "queues", "create"),
    CREATE_POD_GROUPS("scheduling.run.ai", "podgroups", "create");

    private final String group;
    private final String resource;
    private final String verb;

    Right(String resource, String verb) {
        this("", resource, verb);
    }

    Right(String group, String resource, String verb) {
        this.group = group;
        this.resource = resource;
        this.verb = verb;
    }

    String rule() {
        return "{apiGroups: [\"" + group + "\"], resources: [\"" + resource + "\"], verbs: [\"" + verb + "\"]}";
    }

    /** In words, such as {@code create pods}. */
    String action() {
        return verb + " " + resource;
    }

    /** A ClusterRole of all of them: each run creates its own namespace, so a Role cannot exist in it before. */
    static String yaml() {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n"
                + "  name: osmo-backend-verify-probes\nrules:\n"
                + Arrays.stream(values()).map(r -> "- " + r.rule() + "\n").collect(Collectors.joining());
    }
}
