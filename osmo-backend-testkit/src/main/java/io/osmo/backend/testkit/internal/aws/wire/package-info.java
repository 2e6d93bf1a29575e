// SPDX-License-Identifier: Apache-2.0
/** The protocols of AWS, between requests over HTTP and the vendor's own types. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.wire;

import org.jspecify.annotations.NullMarked;
