// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.encryption;

import io.osmo.backend.gcp.internal.Lookup;
import java.util.Set;

/**
 * A key of others that the spec names; an attachment of every inventory of such a spec.
 *
 * @param users members that its own policy lets encrypt and decrypt with it
 */
record KeyAccess(Lookup<ObservedKey> key, Lookup<Set<String>> users) {}
