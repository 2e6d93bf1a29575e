// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.azure;

import java.time.Instant;
import java.util.Locale;

/**
 * One request that emulated ARM has received.
 *
 * @param number counts the requests from 1
 * @param operation verb and type, such as {@code PUT Microsoft.ContainerService/managedClusters}; the verb is {@code LIST} for
 *     a collection and {@code POLL} for the state of an operation, and an action stands behind its type
 * @param path path of the address, as it was sent
 * @param apiVersion the version that was asked for, empty if none was
 * @param at virtual time
 * @param body JSON, empty if there was none; may hold what its caller considers secret
 */
public record Call(int number, String operation, String path, String apiVersion, Instant at, String body) {
    /** Such as {@code PUT} or {@code LIST}. */
    public String verb() {
        return operation.substring(0, operation.indexOf(' '));
    }

    /** Type of the resource, and action if there is one, such as {@code Microsoft.Network/virtualNetworks/subnets}. */
    public String type() {
        return operation.substring(operation.indexOf(' ') + 1);
    }

    /** Whether the call only reads. */
    public boolean reads() {
        return switch (verb()) {
            case "GET", "HEAD", "LIST", "POLL" -> true;
            case "POST" -> {
                String action = type().substring(type().lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
                yield action.startsWith("list") || action.startsWith("check") || action.startsWith("validate");
            }
            default -> false;
        };
    }

    @Override
    public String toString() {
        return "#" + number + " " + operation + " " + path + " at " + at;
    }
}
