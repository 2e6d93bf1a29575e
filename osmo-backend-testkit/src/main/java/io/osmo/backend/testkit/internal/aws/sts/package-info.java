/** STS. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.sts;

import org.jspecify.annotations.NullMarked;
