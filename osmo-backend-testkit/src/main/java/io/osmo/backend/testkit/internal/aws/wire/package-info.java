// SPDX-License-Identifier: Apache-2.0
/** How calls arrive: the vendor's clients in this process, the protocols of AWS over HTTP, and the dispatch to the services of a region. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.wire;

import org.jspecify.annotations.NullMarked;
