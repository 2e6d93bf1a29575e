/** The Resource Groups Tagging API. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.tagging;

import org.jspecify.annotations.NullMarked;
